import { Link } from '@tanstack/react-router'
import type { Directive } from '@/api/types'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { Progress } from './Progress'
import { pathOf } from './RefLink'
import { DirectiveTag, OverdueTag, StatusTag } from './tags'
import css from './DirectiveLine.module.css'

/** DirectiveLine is an order in two lines: what and where, who answers and until when, how far it got. */
export function DirectiveLine({ directive: d }: { directive: Directive }) {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const now = useNow()
  const { areaName, postName } = useCity()
  const ended = d.state === 'closed' || d.state === 'withdrawn'
  return (
    <Link to={pathOf({ kind: 'directive', id: d.id }) as string} className={css.line}>
      <span className={css.what}>
        <b>{text(d.title)}</b> <span className="ink-2">{areaName(d.area)}</span>
        <span className={css.who}>
          {postName(d.held)} · {say('ui.due', { at: f.at(d.due) })}{!ended && ` (${f.ago(d.due, now)})`}
        </span>
      </span>
      <span className={css.tags}>
        {d.overdue && !ended && <OverdueTag />}<DirectiveTag state={d.state} /><StatusTag status={d.status} />
      </span>
      {d.completion && <span className={css.progress}><Progress value={d.completion.value} target={d.completion.target} /></span>}
    </Link>
  )
}
