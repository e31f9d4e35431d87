import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import css from './Progress.module.css'

/** Progress is how far a measured completion got: a bar, and the numbers. */
export function Progress({ value, target }: { value: number; target: number }) {
  const say = useWords()
  const f = useFormat()
  const share = target > 0 ? Math.min(1, value / target) : 1
  return (
    <span className={css.progress}>
      <span className={css.track} role="progressbar" aria-label={say('ui.completion')} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(share * 100)}>
        <span className={css.done} data-met={share >= 1 || undefined} style={{ width: `${share * 100}%` }} />
      </span>
      <span className={css.numbers}>{f.number(value)} / {f.number(target)}</span>
    </span>
  )
}
