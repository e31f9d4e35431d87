// Accounts: who can sign in, and what they may do where.

import { infiniteQueryOptions } from '@tanstack/react-query'
import { useAct } from '@/api/act'
import { answer, api, keyed } from '@/api/client'
import type { Grant, NewUser } from '@/api/types'

export const usersQuery = infiniteQueryOptions({
  queryKey: ['users'],
  queryFn: ({ pageParam }) => answer(api.GET('/v1/users', { params: { query: { after: pageParam || undefined } } })),
  initialPageParam: '',
  getNextPageParam: (last) => last.next || undefined,
})

const at = (id: string) => ({ params: { path: { id } } })

export const useAddUser = () => useAct((body: NewUser, key) => answer(api.POST('/v1/users', { body, ...keyed(key) })))

export const useSetGrants = (id: string) =>
  useAct((body: { grants: Grant[]; why: string }, key) => answer(api.POST('/v1/users/{id}/grants', { ...at(id), body, ...keyed(key) })))

export const useSetPassword = (id: string) =>
  useAct((password: string, key) => answer(api.POST('/v1/users/{id}/password', { ...at(id), body: { password }, ...keyed(key) })))

export const useDisable = (id: string) =>
  useAct((why: string, key) => answer(api.POST('/v1/users/{id}/disable', { ...at(id), body: { why }, ...keyed(key) })))
