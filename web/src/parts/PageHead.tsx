import type { ReactNode } from 'react'
import css from './PageHead.module.css'

interface Props {
  title: ReactNode
  /** Above the title: what kind of record, and the way back to its list. */
  kind?: ReactNode
  /** Beside the title: state, level, status. */
  tags?: ReactNode
  /** At the right end: what may be done. */
  actions?: ReactNode
  /** Beneath: one sentence. */
  children?: ReactNode
}

/** PageHead says what a page is about, in what state, and what may be done with it. */
export function PageHead({ title, kind, tags, actions, children }: Props) {
  return (
    <header className={css.head}>
      <div className={css.what}>
        {kind && <p className={css.kind}>{kind}</p>}
        <div className={css.line}><h1>{title}</h1>{tags}</div>
        {children && <div className={css.text}>{children}</div>}
      </div>
      {actions && <div className={css.actions}>{actions}</div>}
    </header>
  )
}
