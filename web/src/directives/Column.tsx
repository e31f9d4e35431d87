import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import { useCity } from '@/api/city'
import { usePeople } from '@/api/people'
import { useNow } from '@/api/queries'
import type { Directive } from '@/api/types'
import { Progress } from '@/parts/Progress'
import { pathOf } from '@/parts/RefLink'
import { Skeleton } from '@/parts/states'
import { Glyph, Tag, type Shape, type Tone } from '@/parts/Tag'
import { OverdueTag, StatusTag } from '@/parts/tags'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import css from './Board.module.css'

interface Props {
  title: string
  look: { tone: Tone; shape: Shape }
  count: string
  rows: Directive[] | undefined
  more?: { load: () => void; loading: boolean }
}

/** Column is one state of the board with its orders. */
export function Column({ title, look, count, rows, more }: Props) {
  const say = useWords()
  const id = useId()
  return (
    <section className={css.column} aria-labelledby={id}>
      <h2 id={id} className={css.head} data-tone={look.tone} style={{ fontSize: 'var(--bw-text-m)' }}><Glyph shape={look.shape} />{title}<span className={css.count}>{count}</span></h2>
      {!rows && <Skeleton rows={3} />}
      {rows?.length === 0 && <p className={css.none}>{say('ui.directives.none')}</p>}
      {rows && rows.length > 0 && <ul className={css.cards}>{rows.map((d) => <li key={d.id}><Card directive={d} /></li>)}</ul>}
      {more && <div className={css.more}><Button variant="default" fullWidth loading={more.loading} onClick={more.load}>{say('ui.more')}</Button></div>}
    </section>
  )
}

function Card({ directive: d }: { directive: Directive }) {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const now = useNow()
  const person = usePeople()
  const { areaName, postName } = useCity()
  const ended = d.state === 'closed' || d.state === 'withdrawn'
  const late = d.overdue !== undefined && !ended
  return (
    <Link className={css.card} data-overdue={late || undefined} to={pathOf({ kind: 'directive', id: d.id }) as string}>
      <b>{text(d.title)}</b>
      <span className={css.small}>{areaName(d.area)}</span>
      <span className={css.small}>{postName(d.held)} · {d.holder ? person(d.holder) : say('ui.duty.nobody')}</span>
      {d.completion && <Progress value={d.completion.value} target={d.completion.target} />}
      <span className={css.due} data-overdue={late || undefined}>
        <span>{ended ? f.at(d.changed) : say('ui.due', { at: f.at(d.due) })}</span>
        {!ended && <span>{f.ago(d.due, now)}</span>}
      </span>
      {(late || d.escalated || d.exception || d.status !== 'actual') && (
        <span className="row">
          {late && <OverdueTag />}
          {d.escalated && !ended && <Tag tone="warn" shape="arrow">{say('ui.directives.escalated')}</Tag>}
          {d.exception && <Tag tone="special">{say('ui.directives.exception')}</Tag>}
          <StatusTag status={d.status} />
        </span>
      )}
    </Link>
  )
}
