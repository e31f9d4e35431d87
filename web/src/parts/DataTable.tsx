import { Button } from '@mantine/core'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useWords } from '@/words/useWords'
import css from './DataTable.module.css'

export interface Column<Row> {
  key: string
  head: string
  cell: (row: Row) => ReactNode
  /** Numbers stand right. */
  numeric?: boolean
  width?: string
  /** The column that names the row; on a phone it is the row's title. */
  main?: boolean
  /** Left out on a phone. */
  wide?: boolean
}

interface Props<Row> {
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** Opens a row: by click, or by Enter on the focused row. */
  open?: (row: Row) => void
  selected?: string
  /** Keyset paging: there is a next page, and how to get it. */
  more?: { load: () => void; loading: boolean }
  empty?: ReactNode
}

/**
 * DataTable shows rows densely. Arrow keys, Home and End move between rows,
 * Enter opens one; on a phone each row becomes a block with its labels.
 */
export function DataTable<Row>({ label, columns, rows, rowKey, open, selected, more, empty }: Props<Row>) {
  const say = useWords()
  const body = useRef<HTMLTableSectionElement>(null)
  if (rows.length === 0 && empty) return empty

  const move = (e: KeyboardEvent<HTMLTableRowElement>, row: Row) => {
    if (e.target !== e.currentTarget) return
    const all = [...(body.current?.rows ?? [])]
    const at = all.indexOf(e.currentTarget)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[e.key]
    if (to !== undefined) {
      e.preventDefault()
      all[Math.max(0, Math.min(to, all.length - 1))]?.focus()
    } else if (e.key === 'Enter') open?.(row)
  }

  return (
    <div className={css.frame}>
      <table className={css.table} data-opens={open ? '' : undefined}>
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr>
            {columns.map((c) => (
              <th key={c.key} scope="col" className={classes(c)} style={{ width: c.width }}>{c.head}</th>
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          {rows.map((row, i) => (
            <tr
              key={rowKey(row)}
              tabIndex={open ? (i === 0 || rowKey(row) === selected ? 0 : -1) : undefined}
              aria-selected={open ? rowKey(row) === selected : undefined}
              onClick={open && ((e) => (e.target as Element).closest('a,button') || open(row))}
              onKeyDown={open && ((e) => move(e, row))}
            >
              {columns.map((c) => (
                <td key={c.key} className={classes(c)} data-label={c.head}>{c.cell(row)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {more && (
        <div className={css.more}>
          <Button variant="default" loading={more.loading} onClick={more.load}>{say('ui.more')}</Button>
        </div>
      )}
    </div>
  )
}

const classes = <Row,>(c: Column<Row>) =>
  [c.numeric && css.numeric, c.main && css.main, c.wide && css.wide].filter(Boolean).join(' ')
