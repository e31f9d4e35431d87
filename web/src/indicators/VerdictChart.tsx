import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { RaisedBy, VerdictDay, Verdicts } from '@/api/types'
import { DayChart, margin, type Scale } from '@/parts/DayChart'
import frame from '@/parts/DayChart.module.css'
import { pathOf } from '@/parts/RefLink'
import { daysBetween, noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { corrected, lanes, nowOf, readingOf, tallied, type Reading } from './reading'
import css from './VerdictChart.module.css'

interface Props { label: string; verdicts: Verdicts; today: string }

/** VerdictChart draws each day's count as it was judged, with the band of its own verdict and what was corrected since. */
export function VerdictChart({ label, verdicts: v, today }: Props) {
  const say = useWords()
  const [at, setAt] = useState<string>()
  const first = v.days[0]?.day ?? today
  const last = v.days.at(-1)?.day ?? today
  const highest = Math.max(4, ...v.days.flatMap((d) => [d.then.count ?? 0, nowOf(d).count ?? 0, d.then.expected ?? 0]))
  const top = Math.min(Math.max(highest, ...v.days.map((d) => d.then.bound ?? 0)), highest * 1.6) * 1.18
  const shown = v.days.find((d) => d.day === at) ?? v.days.findLast((d) => d.then.count !== undefined) ?? v.days.at(-1)
  const half = (s: Scale) => s.step * 0.36 * Math.min(v.indicator.every, 7)
  return (
    <figure className={frame.figure}>
      <figcaption className={`${frame.legend} ${css.legend}`}>
        <span className={css.counted}>{say('ui.indicators.counted')}</span>
        {v.days.some(corrected) && <span className={css.now}>{say('ui.indicators.corrected')}</span>}
        <span className={css.expected}>{say('ui.curve.expected')}</span>
        <span className={css.bound}>{say('ui.curve.bound')}</span>
        <Marks readings={new Set(v.days.map(readingOf))} />
        {shown && <Readout day={shown} />}
      </figcaption>
      <DayChart label={`${label}; ${say('ui.indicators.summary', tallied(v.days))}`} first={first} last={last} top={top} height={260} today={today}>
        {(s) => (
          <>
            {v.days.map((d) => d.then.abstained && <rect key={d.day} x={s.x(d.day) - s.step / 2} width={s.step} y={s.y(top)} height={s.y(0) - s.y(top)} shapeRendering="crispEdges" className={css.unjudged} />)}
            <path d={stepped(s, v, (d) => d.then.bound, true)} className={css.band} />
            <path d={stepped(s, v, (d) => d.then.bound)} className={css.boundLine} />
            <path d={stepped(s, v, (d) => d.then.expected)} className={css.expectedLine} />
            {v.days.map((d) => <Bars key={d.day} day={d} scale={s} half={half(s)} />)}
            {v.days.map((d) => <Mark key={d.day} day={d} scale={s} />)}
            {v.days.map((d) => <rect key={d.day} x={s.x(d.day) - s.step / 2} width={s.step} y={s.y(top)} height={s.y(0) - s.y(top)} className={d.day === shown?.day ? css.at : css.reach} onPointerEnter={() => setAt(d.day)} onPointerDown={() => setAt(d.day)} />)}
          </>
        )}
      </DayChart>
      <Strip signals={v.signals} first={first} last={last} />
    </figure>
  )
}

/** Bars are the count that was judged and, where it is another now, its present height. */
function Bars({ day, scale: s, half }: { day: VerdictDay; scale: Scale; half: number }) {
  const then = day.then.count
  const now = nowOf(day).count
  return (
    <>
      {then !== undefined && then > 0 && <rect x={s.x(day.day) - half} width={2 * half} y={s.y(then)} height={s.y(0) - s.y(then)} className={day.then.reconstructed ? css.hollowBar : css.bar} />}
      {corrected(day) && now !== undefined && (
        <>
          <rect x={s.x(day.day) - half} width={2 * half} y={s.y(Math.max(now, then ?? 0))} height={s.y(Math.min(now, then ?? 0)) - s.y(Math.max(now, then ?? 0))} className={css.between} />
          <line x1={s.x(day.day) - half - 1.5} x2={s.x(day.day) + half + 1.5} y1={s.y(now)} y2={s.y(now)} className={css.nowLine} />
        </>
      )}
    </>
  )
}

const shapes = {
  found: { d: 'M-4.5-7h9L0 0z', className: css.markFound },
  withdrawn: { d: 'M-4-6.5h8L0-.8z', className: css.markWithdrawn },
  hindsight: { d: 'M0-8 4-4 0 0-4-4z', className: css.markHindsight },
}

const marked = ['found', 'withdrawn', 'hindsight'] as const

function Mark({ day, scale: s }: { day: VerdictDay; scale: Scale }) {
  const reading = readingOf(day)
  if (reading === 'usual' || reading === 'unjudged') return null
  const above = Math.max(day.then.count ?? 0, nowOf(day).count ?? 0)
  return <path d={shapes[reading].d} className={shapes[reading].className} transform={`translate(${s.x(day.day)},${s.y(above) - 4})`} />
}

/** Marks explains the marks that the chart has. */
function Marks({ readings }: { readings: Set<Reading> }) {
  const say = useWords()
  return (
    <>
      {marked.filter((r) => readings.has(r)).map((r) => (
        <span key={r} className={css.key}>
          <svg width="11" height="10" viewBox="-5.5 -9 11 10" aria-hidden="true"><path d={shapes[r].d} className={shapes[r].className} /></svg>
          {say(`ui.indicators.${r}`)}
        </span>
      ))}
      {readings.has('unjudged') && <span className={css.not}>{say('ui.indicators.unjudged')}</span>}
    </>
  )
}

function Readout({ day: d }: { day: VerdictDay }) {
  const say = useWords()
  const f = useFormat()
  const or = (n?: number) => (n === undefined ? noValue : f.number(n))
  return (
    <span className={`${frame.readout} ${css.readout}`}>
      {f.day(d.day)} · {or(d.then.count)}{corrected(d) && <> → {or(nowOf(d).count)}</>}
      <small>
        {d.then.bound !== undefined && <> · {say('ui.curve.bound')} {f.number(d.then.bound)}</>}
        {' · '}{d.then.abstained ? say(`ui.abstained.${d.then.abstained}`) : say(`ui.indicators.${readingOf(d)}`)}
      </small>
    </span>
  )
}

/** Strip holds the signals under the days that they are about; each leads to its page. */
function Strip({ signals, first, last }: { signals: RaisedBy[]; first: string; last: string }) {
  const say = useWords()
  const f = useFormat()
  if (signals.length === 0) return null
  const days = daysBetween(first, last) + 1
  const within = (day: string) => Math.min(Math.max(daysBetween(first, day), 0), days - 1)
  const placed = lanes(signals)
  return (
    <div className={css.strip} style={{ marginLeft: margin.left, marginRight: margin.right, height: 18 * (1 + Math.max(...placed.map((p) => p.lane))) }}>
      {placed.map(({ span: s, lane }) => (
        <Link key={s.id} to={pathOf({ kind: 'signal', id: s.id }) as string} className={css.signal} data-state={s.state}
          aria-label={`${say('ui.signals.what')} ${f.dayShort(s.first)} – ${f.dayShort(s.last)}, ${say(`ui.signal.state.${s.state}`)}`}
          style={{ left: `${(100 * within(s.first)) / days}%`, width: `${(100 * (within(s.last) - within(s.first) + 1)) / days}%`, top: 18 * lane }} />
      ))}
    </div>
  )
}

/** stepped is a line that stands level over each day, or the area beneath it; days without a value leave a gap. */
function stepped(s: Scale, v: Verdicts, value: (d: VerdictDay) => number | undefined, filled?: true): string {
  const half = (s.step * v.indicator.every) / 2
  let path = ''
  let before: string | undefined
  for (const d of v.days) {
    const y = value(d)
    if (y === undefined) {
      if (before && filled) path += `V${s.y(0)}Z`
      before = undefined
      continue
    }
    const joins = before !== undefined && daysBetween(before, d.day) === v.indicator.every
    if (!joins) path += `${before && filled ? `V${s.y(0)}Z` : ''}M${s.x(d.day) - half},${filled ? s.y(0) : s.y(y)}`
    path += `V${s.y(y)}H${s.x(d.day) + half}`
    before = d.day
  }
  return before && filled ? `${path}V${s.y(0)}Z` : path
}
