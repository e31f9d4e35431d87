// What the pages of proposals ask, and the acts upon a proposal.

import { queryOptions } from '@tanstack/react-query'
import { answer, api, keyed } from '@/api/client'
import type { Level, ProposalState, Status } from '@/api/types'

export interface ProposalsAsked { status: Status; state?: ProposalState[]; area?: string }

export const loadProposals = (q: ProposalsAsked, after: string | undefined, limit: number) =>
  answer(api.GET('/v1/proposals', { params: { query: { ...q, after, limit } } }))

/** The most proposals of one event that are listed beside it. */
const mostBeside = 20

export const proposalsOfEventQuery = (event: string, status: Status) =>
  queryOptions({
    queryKey: ['proposals', 'event', event, status],
    queryFn: () => answer(api.GET('/v1/proposals', { params: { query: { event, status, limit: mostBeside } } })),
  })

export const proposalQuery = (id: string) =>
  queryOptions({ queryKey: ['proposals', id], queryFn: () => answer(api.GET('/v1/proposals/{id}', { params: { path: { id } } })) })

export const directivesOfEventQuery = (event: string, status: Status) =>
  queryOptions({
    queryKey: ['directives', 'event', event, status],
    queryFn: () => answer(api.GET('/v1/directives', { params: { query: { event, status, limit: mostBeside } } })),
  })

export const draftsQuery = (id: string) =>
  queryOptions({ queryKey: ['proposals', id, 'drafts'], queryFn: () => answer(api.GET('/v1/proposals/{id}/drafts', { params: { path: { id } } })) })

export const accept = (id: string, body: { why: string }, key: string) =>
  answer(api.POST('/v1/proposals/{id}/accept', { params: { path: { id } }, body, ...keyed(key) }))

export const override = (id: string, body: { level: Level; area: string; why: string }, key: string) =>
  answer(api.POST('/v1/proposals/{id}/override', { params: { path: { id } }, body, ...keyed(key) }))

export const second = (id: string, body: { consent: 'approve' | 'decline'; why: string }, key: string) =>
  answer(api.POST('/v1/proposals/{id}/second', { params: { path: { id } }, body, ...keyed(key) }))

export const ask = (body: { event: string; area: string; why: string }, key: string) =>
  answer(api.POST('/v1/proposals', { body, ...keyed(key) }))

export interface IssueIn { proposal: string; template: string; area: string; addressee: string; due_hours: number; target?: number; why: string }
export const issue = (body: IssueIn, key: string) => answer(api.POST('/v1/directives', { body, ...keyed(key) }))
