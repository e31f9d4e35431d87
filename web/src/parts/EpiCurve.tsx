import 'uplot/dist/uPlot.min.css'
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import type { CurvePoint } from '@/api/types'
import { useCity } from '@/api/city'
import { useFormat } from '@/words/useFormat'
import { noValue } from '@/words/format'
import { useWords } from '@/words/useWords'
import { pathOf } from './RefLink'
import { dataOf, inkOf, optionsOf } from './chart'
import css from './EpiCurve.module.css'

interface Props {
  label: string
  points: CurvePoint[]
  /** The present day, marked by a line. */
  today?: string
  height?: number
  /** The indicator whose verdicts the band and the alarms are; empty where none judges such areas. */
  judgedBy?: string
}

/** EpiCurve draws counts by day with what was expected, and gives the same as a table. */
export function EpiCurve({ label, points, today, height = 220, judgedBy }: Props) {
  const say = useWords()
  const f = useFormat()
  const scheme = useComputedColorScheme('light')
  const { ref, width } = useElementSize()
  const canvas = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<number | null>(null)

  useEffect(() => {
    const into = canvas.current
    if (!into || width === 0) return
    const chart = new uPlot(
      optionsOf({ width, height, ink: inkOf(into), points, today, dayText: f.dayShort, onCursor: setAt }),
      dataOf(points),
      into,
    )
    return () => chart.destroy()
  }, [points, today, width, height, scheme, f])

  const shown = points[at ?? -1] ?? points.at(-1)
  return (
    <figure className={css.figure}>
      <figcaption className={css.legend}>
        <span className={css.bar}>{say('ui.curve.count')}</span>
        <span className={css.expected}>{say('ui.curve.expected')}</span>
        <span className={css.band}>{say('ui.curve.bound')}</span>
        <span className={css.alarm}>{say('ui.curve.alarm')}</span>
        {shown && <Readout point={shown} />}
      </figcaption>
      <div ref={ref} role="img" aria-label={summary(label, points, f.day, say('ui.curve.alarm'))} style={{ height }}>
        <div ref={canvas} />
      </div>
      {judgedBy !== undefined && <By indicator={judgedBy} />}
      <details className={css.table}>
        <summary>{say('ui.curve.asTable')}</summary>
        <CurveTable label={label} points={points} />
      </details>
    </figure>
  )
}

/** By says whose verdicts the band and the alarms are. */
function By({ indicator }: { indicator: string }) {
  const say = useWords()
  const { indicatorName } = useCity()
  if (!indicator) return <p className={css.by}>{say('ui.indicators.yardstick')}</p>
  return <p className={css.by}>{say('ui.curve.by')} <Link to={pathOf({ kind: 'indicator', id: indicator }) as string}>{indicatorName(indicator)}</Link></p>
}

function summary(label: string, points: CurvePoint[], day: (d: string) => string, alarm: string) {
  const total = points.reduce((n, p) => n + (p.count ?? 0), 0)
  const last = points.at(-1)
  const alarms = points.filter((p) => p.alarm).map((p) => day(p.day))
  return `${label}: Σ ${total}${last ? `; ${day(last.day)}: ${last.count ?? noValue}` : ''}${alarms.length ? `; ${alarm}: ${alarms.join(', ')}` : ''}`
}

function Readout({ point }: { point: CurvePoint }) {
  const f = useFormat()
  const say = useWords()
  return (
    <span className={css.readout}>
      <b>{f.day(point.day)}</b> {say('ui.curve.count')} <b>{point.count === undefined ? noValue : f.number(point.count)}</b>
      {point.was !== undefined && <> · {say('ui.curve.was', { n: f.number(point.was) })}</>}
      {point.bound !== undefined && <> · {say('ui.curve.bound')} {f.number(point.bound)}</>}
      {point.reconstructed && <> · {say('ui.basis.reconstructed')}</>}
    </span>
  )
}

function CurveTable({ label, points }: { label: string; points: CurvePoint[] }) {
  const say = useWords()
  const f = useFormat()
  const or = (n?: number) => (n === undefined ? noValue : f.number(n))
  return (
    <table>
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{say('ui.day')}</th><th scope="col">{say('ui.curve.count')}</th>
          <th scope="col">{say('ui.curve.expected')}</th><th scope="col">{say('ui.curve.bound')}</th><th scope="col">{say('ui.curve.alarm')}</th>
        </tr>
      </thead>
      <tbody>
        {points.map((p) => (
          <tr key={p.day}>
            <th scope="row">{f.day(p.day)}</th><td>{or(p.count)}</td><td>{or(p.expected)}</td><td>{or(p.bound)}</td>
            <td>{p.alarm ? '▼' : ''}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
