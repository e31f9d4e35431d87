// What the pages of directives ask, and the steps of a directive.

import { queryOptions } from '@tanstack/react-query'
import { answer, api, keyed } from '@/api/client'
import type { DirectiveState, Move, Status } from '@/api/types'

export interface DirectivesAsked { status: Status; state: DirectiveState[]; area?: string; post?: string; order: 'time' | 'due' }

export const loadDirectives = (q: DirectivesAsked, after: string | undefined, limit: number) =>
  answer(api.GET('/v1/directives', { params: { query: { ...q, after, limit } } }))

export const directiveQuery = (id: string) =>
  queryOptions({ queryKey: ['directives', id], queryFn: () => answer(api.GET('/v1/directives/{id}', { params: { path: { id } } })) })

export const historyQuery = (id: string) =>
  queryOptions({
    queryKey: ['chain', 'directive', id],
    queryFn: () => answer(api.GET('/v1/chain/{kind}/{id}', { params: { path: { kind: 'directive', id } } })),
  })

/** completionQuery asks the figure of a completion query as it stands now, with the records under it. */
export const completionQuery = (name: string, q: { area: string; from: string; to: string; status: Status; argument?: string }) =>
  queryOptions({ queryKey: ['figures', name, q], queryFn: () => answer(api.GET('/v1/figures/{name}', { params: { path: { name }, query: q } })) })

export const move = (id: string, body: { step: Move['step']; why: string; exception?: boolean }, key: string) =>
  answer(api.POST('/v1/directives/{id}/move', { params: { path: { id } }, body, ...keyed(key) }))
