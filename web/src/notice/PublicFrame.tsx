import type { ReactNode } from 'react'
import { LangSelect, SchemeToggle } from '@/app/choices'
import { Mark } from '@/app/Mark'
import css from './PublicFrame.module.css'

/** PublicFrame holds the pages for phones and for people without an account: one narrow column, the language on top. */
export function PublicFrame({ title, note, children }: { title: string; note?: ReactNode; children: ReactNode }) {
  return (
    <div className={css.frame}>
      <header className={css.head}><Mark /><span className={css.space} /><LangSelect /><SchemeToggle /></header>
      <main className={css.main}>
        <div>
          <h1>{title}</h1>
          {note && <p className={css.note}>{note}</p>}
        </div>
        {children}
      </main>
    </div>
  )
}
