// The epidemic curve as uPlot draws it: bars of counts, the expected line with
// its upper bound as a band, alarms as marks above their bars.

import uPlot from 'uplot'
import type { CurvePoint } from '@/api/types'

export interface Ink {
  bar: string
  band: string
  bound: string
  expected: string
  alarm: string
  grid: string
  text: string
  surface: string
  font: string
}

/** inkOf reads the chart's colours from the tokens in force. */
export function inkOf(element: Element): Ink {
  const style = getComputedStyle(element)
  const v = (name: string) => style.getPropertyValue(name).trim()
  return {
    bar: v('--bw-chart-bar'), band: v('--bw-chart-band'), bound: v('--bw-chart-bound'),
    expected: v('--bw-chart-expected'), alarm: v('--bw-chart-alarm'), grid: v('--bw-chart-grid'),
    text: v('--bw-ink-3'), surface: v('--bw-surface'), font: `11px ${style.fontFamily}`,
  }
}

const seconds = (day: string) => Date.parse(`${day}T00:00:00Z`) / 1000
const daySpan = 86_400

/** dataOf lays the points out in uPlot's columns: x, bound, expected, count. */
export function dataOf(points: CurvePoint[]): uPlot.AlignedData {
  return [
    points.map((p) => seconds(p.day)),
    points.map((p) => p.bound ?? null),
    points.map((p) => p.expected ?? null),
    points.map((p) => p.count ?? null),
  ]
}

/** Alarms stand as triangles above their bars; reconstructed days as hollow bars. */
function marks(points: CurvePoint[], ink: Ink): uPlot.Plugin {
  return {
    hooks: {
      draw: (u) => {
        const { ctx } = u
        const size = 4 * devicePixelRatio
        ctx.save()
        ctx.fillStyle = ink.alarm
        for (const p of points) {
          if (!p.alarm) continue
          const x = u.valToPos(seconds(p.day), 'x', true)
          const y = u.valToPos(p.count ?? 0, 'y', true) - 2 * size
          ctx.beginPath()
          ctx.moveTo(x - size, y - size)
          ctx.lineTo(x + size, y - size)
          ctx.lineTo(x, y + size * 0.6)
          ctx.fill()
        }
        ctx.restore()
      },
    },
  }
}

/** The day under the cursor of the time line: a thin line through the chart. */
function dayLine(day: string | undefined, ink: Ink): uPlot.Plugin {
  return {
    hooks: {
      drawAxes: (u) => {
        if (!day) return
        const x = Math.round(u.valToPos(seconds(day), 'x', true))
        u.ctx.save()
        u.ctx.strokeStyle = ink.bound
        u.ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio])
        u.ctx.beginPath()
        u.ctx.moveTo(x, u.bbox.top)
        u.ctx.lineTo(x, u.bbox.top + u.bbox.height)
        u.ctx.stroke()
        u.ctx.restore()
      },
    },
  }
}

interface Look {
  width: number
  height: number
  ink: Ink
  points: CurvePoint[]
  today?: string
  dayText: (day: string) => string
  onCursor: (index: number | null) => void
}

const dayOfSeconds = (s: number) => new Date(s * 1000).toISOString().slice(0, 10)

/** optionsOf describes the chart. */
export function optionsOf({ width, height, ink, points, today, dayText, onCursor }: Look): uPlot.Options {
  const axis = { stroke: ink.text, font: ink.font, grid: { stroke: ink.grid, width: 1 }, ticks: { show: false } }
  const first = points[0]?.day
  const last = points.at(-1)?.day
  return {
    width,
    height,
    padding: [14, 20, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), 'UTC'),
    scales: {
      x: { time: true, range: () => [seconds(first ?? '1970-01-01') - daySpan / 2, seconds(last ?? '1970-01-02') + daySpan / 2] },
      y: { range: (_u, _min, max) => [0, Math.max(5, Math.ceil((max ?? 0) * 1.15))] },
    },
    axes: [
      { ...axis, size: 24, grid: { show: false }, space: 64, incrs: [1, 2, 3, 7, 14, 28].map((d) => d * daySpan),
        values: (_u, splits) => splits.map((s) => dayText(dayOfSeconds(s))) },
      { ...axis, size: 34, space: 28, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000, 100_000, 1_000_000] },
    ],
    series: [
      {},
      { stroke: ink.bound, width: 1, dash: [4, 3], fill: ink.band, points: { show: false }, paths: uPlot.paths.stepped?.({ align: 1 }) },
      { stroke: ink.expected, width: 1.5, points: { show: false }, paths: uPlot.paths.stepped?.({ align: 1 }) },
      { stroke: ink.bar, fill: ink.bar, width: 0, points: { show: false }, paths: uPlot.paths.bars?.({ size: [0.72, 28], align: 0 }) },
    ],
    hooks: { setCursor: [(u) => onCursor(u.cursor.idx ?? null)] },
    plugins: [dayLine(today, ink), marks(points, ink)],
  }
}
