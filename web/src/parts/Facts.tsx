import type { ReactNode } from 'react'
import css from './Facts.module.css'

export type Fact = [label: string, value: ReactNode]

/** Facts are labels with their values; one without a value is left out. */
export function Facts({ facts }: { facts: Fact[] }) {
  return (
    <dl className={css.facts}>
      {facts.filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '').map(([label, value]) => (
        <div key={label} className={css.fact}><dt>{label}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  )
}
