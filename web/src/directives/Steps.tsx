import type { DirectiveState } from '@/api/types'
import { Glyph } from '@/parts/Tag'
import { useWords } from '@/words/useWords'
import css from './Steps.module.css'

const way: DirectiveState[] = ['issued', 'acknowledged', 'reported', 'verified', 'closed']

/** Steps shows the way of an order and how far this one came. */
export function Steps({ state }: { state: DirectiveState }) {
  const say = useWords()
  const at = way.indexOf(state)
  if (at < 0) return null
  return (
    <ol className={css.steps} aria-label={say('ui.directives.steps')}>
      {way.map((s, i) => (
        <li key={s} className={css.step} data-done={i <= at || undefined} aria-current={i === at ? 'step' : undefined}>
          <Glyph shape={i < at || state === 'closed' ? 'check' : i === at ? 'ring' : 'empty'} />{say(`ui.directive.state.${s}`)}
        </li>
      ))}
    </ol>
  )
}
