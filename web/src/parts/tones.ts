// What each level and state looks like, in one table, so that the same word
// has the same tone and shape on every screen.

import type { Declaration, DirectiveState, Level, ProposalState, ProposedLevel, SignalState } from '@/api/types'
import type { Shape, Tone } from './Tag'

/** How a declaration stands: its lapse is no state of the record. */
export type DeclarationStanding = Declaration['state'] | 'lapsed'

interface Look { tone: Tone; shape: Shape }

export const levelLook: Record<ProposedLevel, Look> = {
  low: { tone: 'info', shape: 'empty' },
  medium: { tone: 'warn', shape: 'half' },
  high: { tone: 'bad', shape: 'full' },
  judgement: { tone: 'special', shape: 'diamond' },
}

/** levelOrder ranks levels; a map or list shows the highest first. */
export const levelOrder: Record<Level, number> = { low: 0, medium: 1, high: 2 }

export const signalLook: Record<SignalState, Look> = {
  raised: { tone: 'warn', shape: 'ring' },
  verified: { tone: 'bad', shape: 'check' },
  discarded: { tone: 'neutral', shape: 'cross' },
  snoozed: { tone: 'info', shape: 'clock' },
}

export const proposalLook: Record<ProposalState, Look> = {
  open: { tone: 'warn', shape: 'ring' },
  seconding: { tone: 'special', shape: 'clock' },
  accepted: { tone: 'good', shape: 'check' },
  overridden: { tone: 'special', shape: 'arrow' },
  declined: { tone: 'neutral', shape: 'cross' },
  lapsed: { tone: 'neutral', shape: 'empty' },
}

export const directiveLook: Record<DirectiveState, Look> = {
  drafted: { tone: 'neutral', shape: 'empty' },
  issued: { tone: 'warn', shape: 'ring' },
  acknowledged: { tone: 'info', shape: 'half' },
  reported: { tone: 'info', shape: 'check' },
  verified: { tone: 'good', shape: 'double' },
  closed: { tone: 'good', shape: 'full' },
  withdrawn: { tone: 'neutral', shape: 'cross' },
}

export const declarationLook: Record<DeclarationStanding, Look> = {
  proposed: { tone: 'special', shape: 'clock' },
  in_force: { tone: 'good', shape: 'check' },
  lapsed: { tone: 'neutral', shape: 'empty' },
  ended: { tone: 'neutral', shape: 'arrow' },
  declined: { tone: 'neutral', shape: 'cross' },
}
