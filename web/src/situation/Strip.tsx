import { Link } from '@tanstack/react-router'
import type { Situation } from '@/api/types'
import { FigureValue } from '@/parts/FigureValue'
import { useFormat } from '@/words/useFormat'
import { useWords, type UiKey } from '@/words/useWords'
import css from './Strip.module.css'

const waiting: { key: keyof Situation['counts']; label: UiKey; to: string; tone: 'warn' | 'bad' | 'plain' }[] = [
  { key: 'signals_open', label: 'ui.situation.signalsOpen', to: '/signals', tone: 'warn' },
  { key: 'proposals_open', label: 'ui.situation.proposalsOpen', to: '/proposals', tone: 'warn' },
  { key: 'directives_open', label: 'ui.situation.directivesOpen', to: '/directives', tone: 'plain' },
  { key: 'directives_overdue', label: 'ui.situation.directivesOverdue', to: '/directives', tone: 'bad' },
]

/** Strip is the line of numbers at the top: what waits for somebody, then the figures of the epidemic. */
export function Strip({ situation }: { situation: Situation }) {
  const say = useWords()
  const f = useFormat()
  const shown = new Set(['signals.open', 'proposals.open', 'directives.open', 'directives.overdue'])
  return (
    <div className={css.strip}>
      {waiting.map(({ key, label, to, tone }) => {
        const n = situation.counts[key]
        return (
          <Link key={key} to={to as string} className={css.wait} data-tone={n > 0 ? tone : 'none'}>
            <span className={css.label}>{say(label)}</span>
            <span className={css.value}>{f.number(n)}</span>
          </Link>
        )
      })}
      {situation.figures.filter((a) => !shown.has(a.figure)).map((a) => <FigureValue key={`${a.figure} ${a.argument ?? ''}`} answer={a} size="cell" />)}
    </div>
  )
}
