// What the duty page asks.

import { queryOptions } from '@tanstack/react-query'
import { answer, api, keyed } from '@/api/client'

export const dutyQuery = (at?: string) =>
  queryOptions({ queryKey: ['duty', at], queryFn: () => answer(api.GET('/v1/duty', { params: { query: { at } } })) })

export const addShift = (body: { post: string; user: string; from: string; until: string }, key: string) =>
  answer(api.POST('/v1/duty/shifts', { body, ...keyed(key) }))
