import { Link } from '@tanstack/react-router'
import type { Signal } from '@/api/types'
import { useCity } from '@/api/city'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { isWatch, LapseLine, LapseTitle } from './Lapse'
import { pathOf } from './RefLink'
import { SignalTag, StatusTag } from './tags'
import { Tag } from './Tag'
import css from './InboxList.module.css'

/** InboxList shows the signals that a team should verify today, the most urgent first. */
export function InboxList({ signals }: { signals: Signal[] }) {
  return <ol className={css.list}>{signals.map((s) => <Item key={s.id} signal={s} />)}</ol>
}

function Item({ signal }: { signal: Signal }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <li>
      <Link className={css.item} to={pathOf({ kind: 'signal', id: signal.id }) as string}>
        <span className={css.rank} title={say('ui.signal.rank')}>{f.number(signal.rank, 1)}</span>
        <span className={css.what}>
          <b><SignalTitle signal={signal} /></b>
          <span className={css.where}>
            {areaName(signal.area)} · {signal.first === signal.last ? f.dayShort(signal.last) : `${f.dayShort(signal.first)} – ${f.dayShort(signal.last)}`}
          </span>
          <span className={css.seen}><Finding signal={signal} /></span>
        </span>
        <span className={css.tags}>
          <SignalTag state={signal.state} />
          {signal.snooze && <span className="ink-3 nowrap">{f.dayShort(signal.snooze.until)}</span>}
          {signal.route === 'ebs' && <Tag tone="special">{say('ui.signal.ebs')}</Tag>}
          <StatusTag status={signal.status} />
        </span>
      </Link>
    </li>
  )
}

const isTopic = (s: string): s is 'other' => topics.includes(s)
const topics = ['illness_cluster', 'unusual_death', 'absence_cluster', 'goods_or_cold_chain', 'unsafe_place', 'other']

/** SignalTitle names the stream of a detector's signal or the topic of a notice. */
export function SignalTitle({ signal }: { signal: Signal }) {
  const say = useWords()
  const { streamName } = useCity()
  if (isWatch(signal.stream)) return <LapseTitle watch={signal.stream} subject={signal.evidence?.[0]?.subject} />
  return isTopic(signal.stream) ? say(`ui.topic.${signal.stream}`) : streamName(signal.stream)
}

/** Finding is the strongest evidence in one line: seen against expected, or the quiet days before. */
export function Finding({ signal }: { signal: Signal }) {
  const say = useWords()
  const f = useFormat()
  const top = [...(signal.evidence ?? [])].sort((a, b) => b.score - a.score)[0]
  if (!top) return say('ui.signal.noticed', { n: f.number(signal.notices?.length ?? 0) })
  if (isWatch(signal.stream)) return <LapseLine watch={signal.stream} evidence={top} />
  const seen = f.number(top.observed)
  if (top.quiet) return say('ui.signal.afterQuiet', { seen, days: f.number(top.quiet) })
  if (top.bound === undefined) return say('ui.signal.seen', { seen })
  return say('ui.signal.over', { seen, bound: f.number(top.bound) })
}
