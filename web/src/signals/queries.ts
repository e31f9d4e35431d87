// What the pages of signals ask.

import { queryOptions } from '@tanstack/react-query'
import { answer, api, keyed } from '@/api/client'
import type { Outcome, SignalState, Status } from '@/api/types'

export interface SignalsAsked { status: Status; state?: SignalState[]; area?: string; order: 'time' | 'rank' }

export const loadSignals = (q: SignalsAsked, after: string | undefined, limit: number) =>
  answer(api.GET('/v1/signals', { params: { query: { ...q, after, limit } } }))

export const signalQuery = (id: string) =>
  queryOptions({ queryKey: ['signals', id], queryFn: () => answer(api.GET('/v1/signals/{id}', { params: { path: { id } } })) })

export const inboxOfDayQuery = (status: Status, day: string) =>
  queryOptions({ queryKey: ['inbox', status, day], queryFn: () => answer(api.GET('/v1/inbox', { params: { query: { status, day } } })) })

/** waitingQuery asks for the signals of all days that nobody has triaged, the most urgent first. */
export const waitingQuery = (status: Status) =>
  queryOptions({
    queryKey: ['signals', 'waiting', status],
    queryFn: () => answer(api.GET('/v1/signals', { params: { query: { status, state: ['raised'], order: 'rank', limit: 50 } } })),
  })

/** sleepingQuery asks for the signals that sleep, the most urgent first. */
export const sleepingQuery = (status: Status) =>
  queryOptions({
    queryKey: ['signals', 'sleeping', status],
    queryFn: () => answer(api.GET('/v1/signals', { params: { query: { status, state: ['snoozed'], order: 'rank', limit: 50 } } })),
  })

export const outcomesQuery = (id: string) =>
  queryOptions({ queryKey: ['signals', id, 'outcomes'], queryFn: () => answer(api.GET('/v1/signals/{id}/outcomes', { params: { path: { id } } })) })

export const eventsQuery = (status: Status) =>
  queryOptions({ queryKey: ['events', status], queryFn: () => answer(api.GET('/v1/events', { params: { query: { status } } })) })

export const signalCurveQuery = (q: { stream: string; area: string; from: string; to: string; status: Status }) =>
  queryOptions({ queryKey: ['counts', 'curve', q], queryFn: () => answer(api.GET('/v1/counts/curve', { params: { query: q } })) })

/** What an event can be about. */
export const hazards = ['covid-19', 'influenza', 'rsv', 'mycoplasma', 'unknown-respiratory', 'other'] as const

/** The hazard of a signal about those who watch. */
export const gap = 'surveillance-gap'
export type Hazard = (typeof hazards)[number] | typeof gap

export const verify = (id: string, body: { hazard: Hazard; why: string }, key: string) =>
  answer(api.POST('/v1/signals/{id}/verify', { params: { path: { id } }, body, ...keyed(key) }))

export const discard = (id: string, body: { why: string }, key: string) =>
  answer(api.POST('/v1/signals/{id}/discard', { params: { path: { id } }, body, ...keyed(key) }))

export const snooze = (id: string, body: { until: string; why: string }, key: string) =>
  answer(api.POST('/v1/signals/{id}/snooze', { params: { path: { id } }, body, ...keyed(key) }))

export const wake = (id: string, body: { why: string }, key: string) =>
  answer(api.POST('/v1/signals/{id}/wake', { params: { path: { id } }, body, ...keyed(key) }))

/** What a signal can turn out to be. */
export const truths = ['outbreak', 'harmless', 'data_error', 'undecided'] as const

export interface OutcomeForm { truth: Outcome['truth']; event?: string; began?: string; supersedes?: string; why: string }

export const recordOutcome = (id: string, body: OutcomeForm, key: string) =>
  answer(api.POST('/v1/signals/{id}/outcomes', { params: { path: { id } }, body, ...keyed(key) }))
