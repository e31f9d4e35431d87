// What the scoreboard asks.

import { queryOptions } from '@tanstack/react-query'
import { answer, api, keyed } from '@/api/client'
import type { Missed, Status } from '@/api/types'
import type { hazards } from '@/signals/queries'

export interface Scored { status: Status; from: string; to: string }

export const scoreboardQuery = (q: Scored) =>
  queryOptions({ queryKey: ['scores', 'board', q], queryFn: () => answer(api.GET('/v1/scoreboard', { params: { query: q } })) })

export const missedQuery = (q: Scored) =>
  queryOptions({ queryKey: ['scores', 'missed', q], queryFn: () => answer(api.GET('/v1/missed', { params: { query: q } })) })

export type MissedForm = Pick<Missed, 'status' | 'area' | 'began' | 'supersedes' | 'withdrawn'> & { hazard: Hazard; why: string }

/** What an outbreak can be of. */
export type Hazard = (typeof hazards)[number]

export const recordMissed = (body: MissedForm, key: string) => answer(api.POST('/v1/missed', { body, ...keyed(key) }))
