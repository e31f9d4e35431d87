// The records as the API sends them. Field names are those of the domain.

import type { User } from './acts'

export * from './acts'

export type Lang = 'zh' | 'en' | 'ja' | 'ko'
export type Text = Record<Lang, string>
export type Status = 'actual' | 'exercise' | 'test'
export type Basis = 'stated' | 'reconstructed'
export type Level = 'low' | 'medium' | 'high'
export type ProposedLevel = Level | 'judgement'
export type SignalState = 'raised' | 'verified' | 'discarded'
export type ProposalState = 'open' | 'seconding' | 'accepted' | 'overridden' | 'declined' | 'lapsed'
export type DirectiveState =
  | 'drafted' | 'issued' | 'acknowledged' | 'reported' | 'verified' | 'closed' | 'withdrawn'
export type Unit =
  | 'people' | 'days' | 'share' | 'samples' | 'reports' | 'records' | 'clusters' | 'consignments' | 'per_100000'
export type Role =
  | 'commander' | 'epidemiologist' | 'duty_officer' | 'area_officer' | 'auditor' | 'administrator' | 'reporter'
export type AreaKind = 'city' | 'district' | 'street' | 'community' | 'grid'
export type Setting = 'urban' | 'fringe' | 'rural'
export type Topic =
  | 'illness_cluster' | 'unusual_death' | 'absence_cluster' | 'goods_or_cold_chain' | 'unsafe_place' | 'other'

export interface Ref { kind: string; id: string }
export interface Page<T> { items: T[]; next: string }

export interface Grant { role: Role; area: string }
/** Speed is seconds of the clock a second: 1 when live, 0 when it stands. */
export interface Clock { mode: 'live' | 'replay'; now: string; day: string; speed: number; until?: string }
export interface SignedIn {
  user: User
  rights: string[]
  csrf: string
  city: string
  lang: Lang
  clock: Clock
}

export interface Area {
  code: string
  parent?: string
  kind: AreaKind
  names: Text
  population: number
  setting: Setting
  lat: number
  lon: number
  tile_x: number
  tile_y: number
  basis: Basis
}
export interface Post { code: string; names: Text; organisation: string; area: string; party: string; next?: string }
export interface Organisation { code: string; names: Text; area: string }
export interface Source { id: string; kind: string; names: Text; area: string; streams: string[]; due_hour: number }
export interface Stream { id: string; names: Text; unit: Unit }
export interface CityFacts {
  id: string
  names: Text
  timezone: string
  root: string
  has_boundaries: boolean
  areas: Area[]
  posts: Post[]
  organisations: Organisation[]
  sources: Source[]
  streams: Stream[]
  notes: Text[]
}

export interface Figure {
  name: string
  unit: Unit
  method: string
  windowed: boolean
  argument?: string
  least: number
}
export interface Answer {
  figure: string
  area: string
  from: string
  to: string
  as_of: string
  status: Status
  argument?: string
  value: number
  unit: Unit
  numerator?: number
  denominator?: number
  absent?: string
  reconstructed: boolean
  sources: Ref[]
  source_count: number
}

export interface LevelNow { area: string; level: Level; from: string; review: string; proposal: string }
export interface Situation {
  now: string
  levels: LevelNow[]
  figures: Answer[]
  counts: { signals_open: number; proposals_open: number; directives_open: number; directives_overdue: number }
}

export interface CurvePoint {
  day: string
  /** Absent when nobody reported. */
  count?: number
  expected?: number
  bound?: number
  alarm: boolean
  reconstructed: boolean
}
export interface Curve { stream: string; area: string; as_of: string; method: string; points: CurvePoint[] }
export interface Observation {
  id: string
  batch: string
  stream: string
  area: string
  day: string
  count: number
  denominator?: number
  source: string
  status: Status
  basis: Basis
  reported: string
  recorded: string
  supersedes?: string
}
export interface Batch {
  id: string
  source: string
  status: Status
  recorded: string
  rows: number
  glitches: Glitch[]
  observations: Observation[]
}
export interface Glitch { stream: string; area: string; day: string; problem: string }
export interface Quality { source: Source; expected: number; reported: number; on_time: number; last?: string }
export interface Receipt {
  batch?: string
  preview: boolean
  loaded: number
  unchanged: number
  superseded: number
  rejected: Place[]
  glitches: Glitch[]
}
/** DailyValue: zero is a report; an absent count means that nothing was said. */
export interface DailyValue { stream: string; count?: number; denominator?: number }
export interface DailyForm {
  source: Source
  day: string
  streams: Stream[]
  recent: { day: string; values: DailyValue[] }[]
}

export interface Evidence {
  indicator: string
  stream: string
  area: string
  day: string
  observed: number
  expected?: number
  bound?: number
  score: number
  quiet?: number
  basis: Basis
  batches: string[]
}
export interface Signal {
  id: string
  route: 'ibs' | 'ebs'
  status: Status
  group: string
  stream: string
  area: string
  first: string
  last: string
  evidence: Evidence[]
  notices: string[]
  rank: number
  day: string
  shown: boolean
  state: SignalState
  raised: string
  changed: string
  by?: string
  event?: string
  /** What the reader may make of it now. */
  moves: SignalState[]
  notice_texts?: string[]
}
export interface Inbox { day: string; budget: number; shown: Signal[]; left_out: Signal[] }
export interface Event {
  id: string
  signal: string
  status: Status
  hazard: string
  area: string
  began: string
  opened: string
  by: string
  closed?: string
}

export type FaultKind = 'internal' | 'invalid' | 'not_found' | 'conflict' | 'forbidden'
export interface Place { field?: string; line?: number; column?: number; problem: string }

/** DemoSignIn is one of the people of the demonstration; a server of a real city offers none. */
export interface DemoSignIn { name: string; password: string; display: string; role: Role }
