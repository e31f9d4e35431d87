import type { ProposedLevel } from '@/api/types'
import { LevelTag } from '@/parts/tags'
import { useWords } from '@/words/useWords'

/** LevelStep shows from which level to which. */
export function LevelStep({ from, to }: { from: ProposedLevel; to: ProposedLevel }) {
  const say = useWords()
  return (
    <span className="row nowrap" style={{ flexWrap: 'nowrap' }}>
      <LevelTag level={from} /><span aria-hidden="true">→</span><span className="sr-only">{say('ui.proposal.becomes')}</span><LevelTag level={to} />
    </span>
  )
}
