import { useId, type ReactNode } from 'react'
import css from './Panel.module.css'

interface Props {
  title: ReactNode
  /** Beside the title: counts, tags. */
  note?: ReactNode
  /** At the right end of the head: links, switches. */
  tools?: ReactNode
  children: ReactNode
  /** Tables and maps reach the frame. */
  flush?: boolean
  className?: string
}

/** Panel is the one frame in which everything stands: a head with a title, and a body. */
export function Panel({ title, note, tools, children, flush, className }: Props) {
  const id = useId()
  return (
    <section className={`${css.panel} ${className ?? ''}`} aria-labelledby={id}>
      <header className={css.head}>
        <h2 id={id} className={css.title}>{title}</h2>
        {note && <div className={css.note}>{note}</div>}
        {tools && <div className={css.tools}>{tools}</div>}
      </header>
      <div className={flush ? css.flush : css.body}>{children}</div>
    </section>
  )
}
