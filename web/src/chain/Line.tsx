import type { Step } from '@/api/types'
import { useWords } from '@/words/useWords'
import css from './Chain.module.css'
import { useSaid } from './useSaid'

/** Line is the whole chain in one line, read from the order back to the counts; each link leads to its step. */
export function Line({ steps }: { steps: Step[] }) {
  const say = useWords()
  const said = useSaid()
  return (
    <nav className={css.line} aria-label={say('ui.chain.line')}>
      <ol>
        {steps.map((s, i) => (
          <li key={`${s.ref.kind}/${s.ref.id}`}>
            <a href={`#step-${i}`}><span className={css.kind}>{say(`ui.kind.${s.ref.kind}` as 'ui.kind.directive')}</span>{said(s)}</a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
