// What the pages of figures ask.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { Status } from '@/api/types'

export const figuresQuery = queryOptions({ queryKey: ['figures', 'all'], staleTime: 300_000, queryFn: () => answer(api.GET('/v1/figures')) })

export interface Question { status: Status; area?: string; from?: string; to?: string; as_of?: string; argument?: string }

export const answerQuery = (name: string, q: Question) =>
  queryOptions({
    queryKey: ['figures', name, q],
    queryFn: () => answer(api.GET('/v1/figures/{name}', { params: { path: { name }, query: q } })),
  })
