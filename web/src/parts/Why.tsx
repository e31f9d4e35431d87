import css from './Why.module.css'

/** Why shows the reason that somebody gave, in their own words. */
export function Why({ text, by }: { text?: string; by?: string }) {
  if (!text) return null
  return <blockquote className={css.why}>{text}{by && <footer>{by}</footer>}</blockquote>
}
