import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { Status } from '@/api/types'

/** levelsQuery asks for the levels that stand now. */
export const levelsQuery = (status: Status) =>
  queryOptions({ queryKey: ['levels', status], queryFn: () => answer(api.GET('/v1/levels', { params: { query: { status } } })) })
