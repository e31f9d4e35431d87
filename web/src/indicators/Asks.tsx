import type { Indicator } from '@/api/types'
import { useServerWords } from '@/words/useWords'
import css from './Indicators.module.css'

/** Asks names a detector with its parameters, as the indicator sets them. */
export function Asks({ indicator: i }: { indicator: Indicator }) {
  const name = useServerWords()
  const params = Object.entries(i.params).map(([k, v]) => `${k} ${String(v)}`).join(' · ')
  return <span>{name(`ui.detector.${i.detector}`)}{params && <span className={css.params}>{params}</span>}</span>
}
