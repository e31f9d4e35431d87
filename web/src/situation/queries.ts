// What the Situation page asks.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { Status } from '@/api/types'

export const situationQuery = (status: Status) =>
  queryOptions({ queryKey: ['situation', status], queryFn: () => answer(api.GET('/v1/situation', { params: { query: { status } } })) })

export const inboxQuery = (status: Status, day?: string) =>
  queryOptions({ queryKey: ['inbox', status, day], queryFn: () => answer(api.GET('/v1/inbox', { params: { query: { status, day } } })) })

export const curveQuery = (q: { stream: string; area: string; from: string; to: string; status: Status }) =>
  queryOptions({ queryKey: ['counts', 'curve', q], queryFn: () => answer(api.GET('/v1/counts/curve', { params: { query: q } })) })

export const timelineQuery = (q: { from: string; to: string; status: Status }) =>
  queryOptions({ queryKey: ['timeline', q], queryFn: () => answer(api.GET('/v1/timeline', { params: { query: q } })) })
