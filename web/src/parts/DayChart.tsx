import { useElementSize } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useFormat } from '@/words/useFormat'
import { addDays, daysBetween } from '@/words/format'
import css from './DayChart.module.css'

/** Scale places days and values in the picture. */
export interface Scale {
  /** The middle of a day. */
  x: (day: string) => number
  y: (value: number) => number
  /** The width of a day. */
  step: number
}

interface Props {
  label: string
  first: string
  last: string
  /** The highest value that must be seen. */
  top: number
  height: number
  /** The last day of what is known. */
  today: string
  children: (scale: Scale) => ReactNode
}

/** margin is the room for the axes. */
export const margin = { left: 38, right: 10, top: 10, bottom: 22 }

/** ticksOf are whole steps of 1, 2 or 5 up to the top, about five of them. */
export function ticksOf(top: number): number[] {
  const rough = top / 5
  const size = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((m) => m * size).find((s) => s >= rough) ?? rough
  return Array.from({ length: Math.floor(top / step + 1e-9) + 1 }, (_, i) => i * step)
}

/** DayChart is the frame of a picture over days: axes, grid, and the line of the present. */
export function DayChart({ label, first, last, top, height, today, children }: Props) {
  const f = useFormat()
  const { ref, width } = useElementSize()
  const days = daysBetween(first, last) + 1
  const inner = { w: Math.max(1, width - margin.left - margin.right), h: height - margin.top - margin.bottom }
  const step = inner.w / days
  const scale: Scale = {
    step,
    x: (day) => margin.left + (daysBetween(first, day) + 0.5) * step,
    y: (value) => margin.top + inner.h * (1 - Math.min(value, top) / top),
  }
  const every = [1, 2, 7, 14, 28].find((n) => n * step >= 58) ?? 28
  const named = Array.from({ length: days }, (_, i) => addDays(last, -i)).filter((d) => daysBetween(d, today) % every === 0)
  return (
    <div ref={ref} style={{ height }}>
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label} className={css.chart}>
          {ticksOf(top).map((v) => (
            <g key={v}>
              <line x1={margin.left} x2={width - margin.right} y1={scale.y(v)} y2={scale.y(v)} className={css.grid} />
              <text x={margin.left - 6} y={scale.y(v) + 4} textAnchor="end" className={css.tick}>{f.number(v)}</text>
            </g>
          ))}
          {named.map((d) => <text key={d} x={scale.x(d)} y={height - 5} textAnchor={scale.x(d) > width - 22 ? 'end' : 'middle'} className={css.tick}>{f.dayShort(d)}</text>)}
          {children(scale)}
          <line x1={scale.x(today) + step / 2} x2={scale.x(today) + step / 2} y1={margin.top} y2={height - margin.bottom} className={css.today} />
        </svg>
      )}
    </div>
  )
}

/** bandOf is the outline of an area between two lines, as an SVG path. */
export function bandOf(scale: Scale, points: { day: string; low: number; high: number }[]): string {
  const up = points.map((p) => `${scale.x(p.day)},${scale.y(p.high)}`)
  const down = [...points].reverse().map((p) => `${scale.x(p.day)},${scale.y(p.low)}`)
  return points.length > 0 ? `M${[...up, ...down].join('L')}Z` : ''
}

/** runsOf cuts days into runs without gaps. */
export function runsOf<T extends { day: string }>(points: T[]): T[][] {
  const runs: T[][] = []
  for (const p of points) {
    const run = runs.at(-1)
    if (run && daysBetween(run.at(-1)!.day, p.day) === 1) run.push(p)
    else runs.push([p])
  }
  return runs
}
