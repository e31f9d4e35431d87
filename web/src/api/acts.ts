// The records of decisions, directives, journal and people, as the API sends them.

import type {
  Answer, AreaKind, Batch, DirectiveState, Event, Grant, Level, Observation, ProposalState, ProposedLevel, Ref, Signal, Status, Text, Topic,
} from './types'

export interface PackRef { id: string; version: number; digest: string }
export interface Proposal {
  id: string
  status: Status
  event: string
  area: string
  pack: PackRef
  rule: string
  current: Level
  level: ProposedLevel
  inputs: { name: string; answer: Answer }[]
  day: string
  made: string
  state: ProposalState
  decided?: Level
  decided_area?: string
  by?: string
  by_org?: string
  at?: string
  second?: string
  seconded?: string
  why?: string
  wording?: Text
  needs_second: boolean
  moves: string[]
}
export interface AreaLevel {
  id: string
  status: Status
  area: string
  level: Level
  proposal: string
  pack: PackRef
  from: string
  review: string
  /** The day on which it ends by itself unless renewed. */
  expires: string
  until?: string
}

export interface Completion {
  figure: string
  argument?: string
  target: number
  value: number
  asked?: string
  met?: string
}
export interface Directive {
  id: string
  status: Status
  proposal?: string
  event: string
  pack: PackRef
  template: string
  measure: string
  title: Text
  area: string
  addressee: string
  held: string
  authority: string
  due: string
  ack_by: string
  completion?: Completion
  state: DirectiveState
  issued: string
  changed: string
  by: string
  reminded?: string
  overdue?: string
  escalated?: string
  exception: boolean
  /** The steps that the reader may take now. */
  moves: Move[]
  holder?: string
}
export type DirectiveStep = 'acknowledge' | 'report' | 'verify' | 'return' | 'close' | 'withdraw'
/** Exception is true when the step needs a signed exception. */
export interface Move { step: DirectiveStep; to: DirectiveState; why_needed: boolean; exception: boolean }
export interface Draft {
  template: string
  measure: string
  title: Text
  area: string
  addressee: string
  ack_hours: number
  due_hours: number
  completion?: Completion
  authority: string
}
export interface Shift { id: string; post: string; user: string; from: string; until: string }

export interface Moment {
  at: string
  day: string
  kind: 'history' | 'own'
  /** In words, for history. */
  what?: Text
  /** The act, for what was done here. */
  act?: string
  where?: string
  ref?: Ref
}
export interface Entry {
  id: string
  at: string
  actor: string
  act: string
  area?: string
  subject: Ref
  because: Ref[]
  touches: { ref: Ref; digest: string }[]
  hash: string
  link?: { seq: number; head: string }
  why?: string
}
export interface Step {
  ref: Ref
  at: string
  actor?: string
  act?: string
  summary: { key: string; args: Record<string, string> }
  entries: Entry[]
  why?: string
  record: {
    directive?: Directive
    proposal?: Proposal
    level?: AreaLevel
    event?: Event
    signal?: Signal
    notice?: Notice
    batch?: Batch
    observations?: Observation[]
  }
}
export interface Chain { steps: Step[] }
export interface Notice { id: string; source: string; topic: string; people: number; area: string; status: Status; recorded: string }
export interface Flaw { kind: 'tampered' | 'missing' | 'orphan' | 'unlinked' | 'dangling'; ref: Ref; seq?: number; problem: string }
export interface Fsck { records: number; entries: number; linked: number; head: string; flaws: Flaw[] }

export type AnswerableParty = 'place' | 'department' | 'unit' | 'individual'
export interface Pack {
  id: string
  version: number
  digest: string
  /** Whether this is the pack that proposes. */
  active: boolean
  names: Text
  summary: Text
  from: string
  until?: string
  source: { title: string; issuer: string; confidence: 'stated' | 'derived' | 'practice' }
  unit: AreaKind
  levels: { level: Level; names: Text; wording: Text; restricts_persons: boolean }[]
  inputs: { name: string; figure: string; days: number; argument?: string; names: Text }[]
  rules: { id: string; level: ProposedLevel; when: string; wording: Text }[]
  templates: Template[]
  review_days: number
  expire_days: number
}
export interface Template {
  id: string
  measure: string
  title: Text
  levels: Level[]
  party: AnswerableParty
  ack_hours: number
  due_hours: number
  authority: string
  completion?: { figure: string; argument?: string; target: number; of_population: boolean }
}
export interface Changes { pack: string; day: string; changes: Change[] }
export interface Change { area: string; current: Level; proposed: ProposedLevel; rule: string; inputs: { name: string; answer: Answer }[] }

export interface Person { id: string; display: string; organisation: string }
export interface User {
  id: string
  name: string
  display: string
  organisation: string
  source?: string
  grants: Grant[]
  disabled: boolean
  created: string
}
export interface NewUser {
  name: string
  display: string
  organisation: string
  source?: string
  password: string
  grants: Grant[]
}
export interface PublicForm { city: Text; topics: Topic[]; areas: { code: string; parent?: string; names: Text }[]; most: number }
