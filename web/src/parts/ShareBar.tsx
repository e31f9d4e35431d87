import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import css from './ShareBar.module.css'

/** Shares under which a bar is marked. */
const good = 0.9
const poor = 0.7

/** ShareBar is a share as a bar, a percentage, and the numbers behind it. */
export function ShareBar({ label, n, of }: { label: string; n: number; of: number }) {
  const f = useFormat()
  if (of === 0) return noValue
  const share = n / of
  const mark = share >= good ? 'good' : share >= poor ? 'warn' : 'bad'
  return (
    <span className={css.bar}>
      <span className={css.track} role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={of} aria-valuenow={n}>
        <span className={css.fill} data-mark={mark} style={{ width: `${share * 100}%` }} />
      </span>
      <b className={css.share}>{f.share(share)}</b>
      <span className={css.of}>{f.number(n)}/{f.number(of)}</span>
    </span>
  )
}
