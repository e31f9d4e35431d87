// What the Situation page asks.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { Status } from '@/api/types'

export const situationQuery = (status: Status) =>
  queryOptions({ queryKey: ['situation', status], queryFn: () => answer(api.GET('/v1/situation', { params: { query: { status } } })) })

export const inboxQuery = (status: Status) =>
  queryOptions({ queryKey: ['inbox', status], queryFn: () => answer(api.GET('/v1/inbox', { params: { query: { status } } })) })

/** earlierQuery are signals of earlier days that nobody has verified yet, the most urgent first. */
export const earlierQuery = (status: Status) =>
  queryOptions({
    queryKey: ['signals', 'raised', status],
    queryFn: () => answer(api.GET('/v1/signals', { params: { query: { status, state: ['raised'], order: 'rank', limit: 20 } } })),
  })

interface Span { from: string; to: string; status: Status }

export const curveQuery = (q: Span & { stream: string; area: string }) =>
  queryOptions({ queryKey: ['counts', 'curve', q], queryFn: () => answer(api.GET('/v1/counts/curve', { params: { query: q } })) })

export const timelineQuery = (q: { from: string; to: string }) =>
  queryOptions({ queryKey: ['timeline', q], queryFn: () => answer(api.GET('/v1/timeline', { params: { query: q } })) })

/** figureQuery asks one figure for an area and a window of days. */
export const figureQuery = (name: string, q: Span & { area: string }) =>
  queryOptions({ queryKey: ['figures', name, q], queryFn: () => answer(api.GET('/v1/figures/{name}', { params: { path: { name }, query: q } })) })

/** openDirectives are those that somebody still has to do, the most pressing first. */
export const openDirectivesQuery = (status: Status) =>
  queryOptions({
    queryKey: ['directives', 'open', status],
    queryFn: () => answer(api.GET('/v1/directives', { params: { query: { status, order: 'due', state: ['issued', 'acknowledged', 'reported', 'verified'], limit: 8 } } })),
  })
