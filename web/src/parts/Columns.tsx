import type { ReactNode } from 'react'
import css from './Columns.module.css'

/** Columns sets what a record is about beside the facts of the record; on a narrow screen the facts follow. */
export function Columns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className={css.columns}>
      <div className={css.stack}>{main}</div>
      <div className={css.stack}>{side}</div>
    </div>
  )
}
