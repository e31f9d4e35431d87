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
        {runs(steps).map(({ step: s, at, n }) => (
          <li key={`${s.ref.kind}/${s.ref.id}`}>
            <a href={`#step-${at}`}>
              <span className={css.kind}>{say(`ui.kind.${s.ref.kind}` as 'ui.kind.directive')}</span>{n > 1 ? say('ui.chain.several', { n }) : said(s)}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}

interface Run { step: Step; at: number; n: number }

/** runs puts neighbours of one kind together: many batches are one link of the line. */
function runs(steps: Step[]): Run[] {
  const all: Run[] = []
  steps.forEach((step, at) => {
    const last = all.at(-1)
    if (last?.step.ref.kind === step.ref.kind) last.n++
    else all.push({ step, at, n: 1 })
  })
  return all
}
