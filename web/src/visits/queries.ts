// What the page of check-ins asks.

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { answer, api, keyed } from '@/api/client'

export const declarationsQuery = queryOptions({
  queryKey: ['visits', 'declarations'],
  queryFn: () => answer(api.GET('/v1/declarations', { params: { query: { limit: 200 } } })),
})

export const disclosuresQuery = infiniteQueryOptions({
  queryKey: ['visits', 'disclosures'],
  queryFn: ({ pageParam }) => answer(api.GET('/v1/visits/disclosures', { params: { query: { after: pageParam || undefined, limit: 50 } } })),
  initialPageParam: '',
  getNextPageParam: (last) => last.next || undefined,
})

export interface DeclareForm { area: string; basis: string; days: number; why: string }

export const declare = (form: DeclareForm, key: string) =>
  answer(api.POST('/v1/declarations', { body: { ...form, modules: ['check_ins'] }, ...keyed(key) }))

export type Step = 'approve' | 'decline' | 'end'

export const move = (id: string, step: Step, why: string, key: string) =>
  answer(api.POST('/v1/declarations/{id}/move', { params: { path: { id } }, body: { step, why }, ...keyed(key) }))
