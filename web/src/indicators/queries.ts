// What the pages of indicators ask.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { Status } from '@/api/types'

export interface VerdictQuestion { area: string; stratum?: string; from: string; to: string; status: Status }

/** Both are asked anew when counts come in; a signal is raised on counts. */
export const indicatorsQuery = (status: Status) =>
  queryOptions({ queryKey: ['counts', 'indicators', status], queryFn: () => answer(api.GET('/v1/indicators', { params: { query: { status } } })) })

export const verdictsQuery = (id: string, q: VerdictQuestion) =>
  queryOptions({
    queryKey: ['counts', 'verdicts', id, q],
    queryFn: () => answer(api.GET('/v1/indicators/{id}/verdicts', { params: { path: { id }, query: q } })),
  })
