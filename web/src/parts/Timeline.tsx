import type { Moment } from '@/api/types'
import { useCity } from '@/api/city'
import { grouped } from '@/api/group'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useText, useWords } from '@/words/useWords'
import { RefLink } from './RefLink'
import css from './Timeline.module.css'

/** Timeline sets what the real command did beside what was done here, day by day, the newest first. */
export function Timeline({ items }: { items: Moment[] }) {
  const say = useWords()
  const f = useFormat()
  const days = [...grouped(items, (i) => i.day)].sort(([a], [b]) => b.localeCompare(a))
  return (
    <table className={css.line}>
      <caption className="sr-only">{say('ui.timeline.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{say('ui.day')}</th>
          <th scope="col">{say('ui.timeline.history')}</th>
          <th scope="col">{say('ui.timeline.own')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(([day, of]) => (
          <tr key={day}>
            <th scope="row">{f.day(day)}</th>
            <td data-label={say('ui.timeline.history')}><Items items={of.filter((i) => i.kind === 'history')} /></td>
            <td data-label={say('ui.timeline.own')} className={css.own}><Items items={of.filter((i) => i.kind === 'own')} timed /></td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Items({ items, timed }: { items: Moment[]; timed?: boolean }) {
  const text = useText()
  const f = useFormat()
  const { areaName } = useCity()
  const act = useServerWords()
  const said = (m: Moment) => (m.what ? text(m.what) : act(`ui.act.${m.act ?? ''}`))
  if (items.length === 0) return null
  const sorted = [...items].sort((a, b) => b.at.localeCompare(a.at))
  return (
    <ul>
      {sorted.map((i, n) => (
        <li key={n}>
          {timed && <time dateTime={i.at}>{f.time(i.at)}</time>}
          <span>
            {i.ref ? <RefLink to={i.ref}>{said(i)}</RefLink> : said(i)}
            {i.where && <span className={css.where}> {areaName(i.where)}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
