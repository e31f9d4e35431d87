import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { alarmsQuery, useCan } from '@/api/queries'
import type { Alarm } from '@/api/types'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import css from './Alarms.module.css'

/** mostDays are how many days an alarm names; a longer list says the rest as a number. */
const mostDays = 4

/** Alarms stand on every page until what they tell is mended. */
export function Alarms() {
  const { data } = useQuery({ ...alarmsQuery, enabled: useCan()('signal.read') })
  if (!data?.items.length) return null
  return <div role="alert" className={css.alarms}>{data.items.map((a) => <Line key={a.kind} alarm={a} />)}</div>
}

function Line({ alarm: a }: { alarm: Alarm }) {
  const say = useWords()
  const f = useFormat()
  const named = a.days.slice(0, mostDays).map(f.dayShort).join(', ')
  const more = a.days.length - mostDays
  return (
    <p className={css.line}>
      <IconAlertTriangle size={16} aria-hidden="true" />
      <span>
        <b>{say(`ui.alarm.${a.kind}`)}</b>
        {named && ` ${named}`}{more > 0 && ` ${say('ui.alarm.more', { n: f.number(more) })}`}
        {' · '}{say('ui.alarm.since', { at: f.at(a.since) })}
      </span>
    </p>
  )
}
