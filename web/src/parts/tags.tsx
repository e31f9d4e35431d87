// The tags of the domain: levels, states, overdue, basis, status.

import type { Basis, DirectiveState, ProposalState, ProposedLevel, SignalState, Status } from '@/api/types'
import { useWords } from '@/words/useWords'
import { Tag } from './Tag'
import { declarationLook, directiveLook, levelLook, proposalLook, signalLook, type DeclarationStanding } from './tones'

/** LevelTag names the level of an area. */
export function LevelTag({ level }: { level: ProposedLevel }) {
  const say = useWords()
  return <Tag {...levelLook[level]} solid={level === 'high'}>{say(`ui.level.${level}`)}</Tag>
}

export function SignalTag({ state }: { state: SignalState }) {
  const say = useWords()
  return <Tag {...signalLook[state]}>{say(`ui.signal.state.${state}`)}</Tag>
}

export function ProposalTag({ state }: { state: ProposalState }) {
  const say = useWords()
  return <Tag {...proposalLook[state]}>{say(`ui.proposal.state.${state}`)}</Tag>
}

export function DirectiveTag({ state }: { state: DirectiveState }) {
  const say = useWords()
  return <Tag {...directiveLook[state]}>{say(`ui.directive.state.${state}`)}</Tag>
}

export function DeclarationTag({ standing }: { standing: DeclarationStanding }) {
  const say = useWords()
  return <Tag {...declarationLook[standing]}>{say(`ui.declaration.state.${standing}`)}</Tag>
}

/** OverdueTag marks what should have been done already. */
export function OverdueTag() {
  const say = useWords()
  return <Tag tone="bad" shape="clock" solid>{say('ui.overdue')}</Tag>
}

/** StatusTag marks a record that is not real; actual records carry no mark. */
export function StatusTag({ status }: { status: Status }) {
  const say = useWords()
  if (status === 'actual') return null
  return <Tag tone="special" shape="diamond" solid>{say(`ui.status.${status}`)}</Tag>
}

/** BasisNote says whence a figure comes; a reconstruction never passes as a statement. */
export function BasisNote({ basis }: { basis: Basis }) {
  const say = useWords()
  return (
    <span title={say(`ui.basis.${basis}.why`)}>
      <Tag tone={basis === 'stated' ? 'neutral' : 'special'} shape={basis === 'stated' ? 'check' : 'diamond'}>
        {say(`ui.basis.${basis}`)}
      </Tag>
    </span>
  )
}
