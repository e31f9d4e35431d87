import css from './Mark.module.css'

/** Mark is the product's sign and name. */
export function Mark() {
  return (
    <span className={css.mark}>
      <svg viewBox="0 0 32 24" width="26" height="20" aria-hidden="true">
        <path d="M2 17 14 5l4 4-8 8z" fill="currentColor" />
        <path d="m13 17 9-9 5 5-4 4z" fill="#6fb7e0" />
        <path d="M1 21.5h30" stroke="currentColor" strokeWidth="2" />
      </svg>
      Breakwater
    </span>
  )
}
