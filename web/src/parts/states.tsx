// What stands where there is nothing to show: empty, waiting, refused.

import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleDashed, IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { asProblem } from '@/api/problem'
import type { Place } from '@/api/types'
import { useWords } from '@/words/useWords'
import css from './states.module.css'

/** EmptyState says that there is nothing, and what would bring something. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={css.state}>
      <IconCircleDashed size={20} stroke={1.5} aria-hidden="true" />
      <div>
        <p className={css.title}>{title}</p>
        {children && <div className={css.text}>{children}</div>}
      </div>
    </div>
  )
}

/** Places lists what is wrong with an input, by line, column and field. */
export function Places({ places }: { places: Place[] }) {
  const say = useWords()
  if (places.length === 0) return null
  return (
    <ul className={css.places}>
      {places.map((p, i) => (
        <li key={i}>
          {p.line && <span className={css.where}>{say('ui.place.line', { line: p.line })}</span>}
          {p.column && <span className={css.where}>{say('ui.place.column', { column: p.column })}</span>}
          {p.field && <code>{p.field}</code>} {p.problem}
        </li>
      ))}
    </ul>
  )
}

/** ErrorState shows a refusal in the reader's language, with the server's own words beneath. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const say = useWords()
  const problem = asProblem(error)
  const Icon = problem.kind === 'unreachable' ? IconPlugConnectedX : IconAlertTriangle
  return (
    <div className={`${css.state} ${css.error}`} role="alert">
      <Icon size={20} stroke={1.5} aria-hidden="true" />
      <div>
        <p className={css.title}>{say(`ui.fault.${problem.kind}`)}</p>
        <div className={css.text}>
          {say(`ui.fault.${problem.kind}.do`)}
          {problem.message && <p className={css.detail} lang="en">{problem.message}</p>}
          <Places places={problem.places} />
        </div>
        {retry && <Button variant="default" mt={8} onClick={retry}>{say('ui.retry')}</Button>}
      </div>
    </div>
  )
}

/** Skeleton holds the place of rows that are on their way. */
export function Skeleton({ rows = 4 }: { rows?: number }) {
  const say = useWords()
  return (
    <div className={css.skeleton} role="status" aria-label={say('ui.loading')}>
      {Array.from({ length: rows }, (_, i) => <span key={i} style={{ width: `${92 - ((i * 17) % 40)}%` }} />)}
    </div>
  )
}
