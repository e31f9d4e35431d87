import type { ReactNode } from 'react'
import css from './Filters.module.css'

/** Filters is the row of choices above a list. */
export function Filters({ label, children }: { label: string; children: ReactNode }) {
  return <div className={`${css.filters} no-print`} role="search" aria-label={label}>{children}</div>
}
