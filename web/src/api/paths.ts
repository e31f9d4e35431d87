// The routes of the API by hand, in the form that openapi-typescript writes.

import type { FeatureCollection } from 'geojson'
import type * as api from './types'

type Json<T> = { content: { 'application/json': T } }
type Op<Params, Answer> = { parameters: Params; responses: { 200: Json<Answer> } }
type Get<Answer, Query = undefined> = {
  get: Op<Query extends undefined ? { query?: never } : { query?: Query }, Answer>
}
type Post<Body, Answer, Query = undefined> = {
  post: { requestBody: Json<Body> } & Op<Query extends undefined ? { query?: never } : { query?: Query }, Answer>
}
type Of<Id extends string, T> = {
  [M in keyof T]: T[M] extends { parameters: infer P } ? Omit<T[M], 'parameters'> & { parameters: P & { path: Record<Id, string> } } : T[M]
}
type Paged = { after?: string; limit?: number }
type ByStatus = { status?: api.Status }

export interface paths {
  '/v1/session': Get<api.SignedIn> & Post<{ name: string; password: string }, api.SignedIn> & { delete: Op<object, void> }
  '/v1/demonstration': Get<{ sign_ins: api.DemoSignIn[] }>
  '/v1/city': Get<api.CityFacts>
  '/v1/city/boundaries': Get<FeatureCollection>
  '/v1/situation': Get<api.Situation, ByStatus>
  '/v1/counts/curve': Get<api.Curve, ByStatus & { stream: string; area: string; from: string; to: string; as_of?: string; indicator?: string }>
  '/v1/counts/history': Get<{ items: api.Observation[] }, ByStatus & { stream: string; area: string; day: string }>
  '/v1/counts/batches/{id}': Of<'id', Get<api.Batch>>
  '/v1/reporting/mine': Get<api.DailyForm>
  '/v1/reporting/daily': Post<{ day: string; values: api.DailyValue[] }, api.Receipt>
  '/v1/reporting/quality': Get<{ items: api.Quality[] }, { from: string; to: string }>
  '/v1/notices': Post<{ topic: api.Topic; area: string; people: number; text: string; status?: api.Status }, { id: string; signal: string }>
  '/v1/public/form': Get<api.PublicForm>
  '/v1/public/notices': Post<{ topic: api.Topic; area: string; people: number; text: string }, { id: string; signal?: string }>
  '/v1/inbox': Get<api.Inbox, ByStatus & { day?: string }>
  '/v1/signals': Get<api.Page<api.Signal>, Paged & ByStatus & { state?: api.SignalState[]; area?: string; day?: string; order?: 'time' | 'rank' }>
  '/v1/signals/{id}': Of<'id', Get<api.Signal>>
  '/v1/signals/{id}/verify': Of<'id', Post<{ hazard: string; why: string }, api.Event>>
  '/v1/signals/{id}/discard': Of<'id', Post<{ why: string }, api.Signal>>
  '/v1/events': Get<{ items: api.Event[] }, ByStatus>
  '/v1/proposals': Get<api.Page<api.Proposal>, Paged & ByStatus & { state?: api.ProposalState[]; area?: string; event?: string }>
    & Post<{ event: string; area: string; why: string }, api.Proposal>
  '/v1/proposals/{id}': Of<'id', Get<api.Proposal>>
  '/v1/proposals/{id}/accept': Of<'id', Post<{ why: string }, api.Proposal>>
  '/v1/proposals/{id}/override': Of<'id', Post<{ level: api.Level; area: string; why: string }, api.Proposal>>
  '/v1/proposals/{id}/second': Of<'id', Post<{ consent: 'approve' | 'decline'; why: string }, api.Proposal>>
  '/v1/proposals/{id}/drafts': Of<'id', Get<{ items: api.Draft[] }>>
  '/v1/levels': Get<{ items: api.AreaLevel[] }, ByStatus & { at?: string }>
  '/v1/directives': Get<api.Page<api.Directive>, Paged & ByStatus & { state?: api.DirectiveState[]; area?: string; post?: string; event?: string; order?: 'time' | 'due' }>
    & Post<{ proposal: string; template: string; area: string; addressee: string; due_hours: number; target?: number; why: string }, api.Directive>
  '/v1/directives/{id}': Of<'id', Get<api.Directive>>
  '/v1/directives/{id}/move': Of<'id', Post<{ step: api.DirectiveStep; why: string; exception?: boolean }, api.Directive>>
  '/v1/figures': Get<{ items: api.Figure[] }>
  '/v1/figures/{name}': Of<'name', Get<api.Answer, ByStatus & { area?: string; from?: string; to?: string; as_of?: string; argument?: string }>>
  '/v1/journal': Get<api.Page<api.Entry>, Paged & { actor?: string; act?: string; subject?: string; from?: string; to?: string }>
  '/v1/journal/{id}': Of<'id', Get<api.Entry>>
  '/v1/chain/{kind}/{id}': Of<'kind' | 'id', Get<api.Chain>>
  '/v1/timeline': Get<{ items: api.Moment[] }, ByStatus & { from: string; to: string }>
  '/v1/fsck': Post<Record<string, never>, api.Fsck>
  '/v1/packs': Get<{ items: api.Pack[] }>
  '/v1/packs/{id}': Of<'id', Get<api.Pack>>
  '/v1/packs/{id}/dry-run': Of<'id', Post<{ day?: string }, api.Changes, ByStatus>>
  '/v1/duty': Get<{ items: api.Shift[] }, { at?: string }>
  '/v1/duty/shifts': Post<{ post: string; user: string; from: string; until: string }, api.Shift>
  '/v1/people': Get<api.Page<api.Person>, Paged>
  '/v1/clock': Get<api.Clock> & Post<{ action: 'step_day' | 'step_hour' | 'play' | 'pause'; speed?: number }, api.Clock>
  '/v1/users': Get<{ items: api.User[] }> & Post<api.NewUser, api.User>
  '/v1/users/{id}/grants': Of<'id', Post<{ grants: api.Grant[] }, api.User>>
  '/v1/users/{id}/password': Of<'id', Post<{ password: string }, api.User>>
  '/v1/users/{id}/disable': Of<'id', Post<Record<string, never>, api.User>>
}
