import type { Course } from '@/api/types'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { bandOf, DayChart } from '@/parts/DayChart'
import frame from '@/parts/DayChart.module.css'
import css from './Chart.module.css'

/** CountChart draws what is reported, what the newest days will have, and the days to come. */
export function CountChart({ label, course }: { label: string; course: Course }) {
  const say = useWords()
  const f = useFormat()
  const open = course.nowcast.filter((n) => n.high > n.seen)
  const top = Math.max(5, ...course.days.map((d) => d.count ?? 0), ...open.map((n) => n.high), ...course.ahead.map((a) => a.high)) * 1.08
  const last = course.ahead.at(-1)?.day ?? course.day
  const newest = course.nowcast.at(-1)
  const said = `${label}; ${newest ? `${f.day(newest.day)}: ${say('ui.course.seen')} ${f.number(newest.seen)}, ${say('ui.course.nowcast')} ${f.number(newest.median)} (${f.number(newest.low)}–${f.number(newest.high)})` : ''}`
  return (
    <figure className={frame.figure}>
      <figcaption className={`${frame.legend} ${css.legend}`}>
        <span className={css.seen}>{say('ui.course.seen')}</span>
        <span className={css.expected}>{say('ui.course.nowcast')}</span>
        <span className={css.ahead}>{say('ui.course.ahead')}</span>
      </figcaption>
      <DayChart label={said} first={course.days[0]?.day ?? course.day} last={last} top={top} height={240} today={course.day}>
        {(s) => (
          <>
            {course.days.map((d) => d.count !== undefined && d.count > 0 && (
              <rect key={d.day} x={s.x(d.day) - s.step * 0.36} width={s.step * 0.72} y={s.y(d.count)} height={s.y(0) - s.y(d.count)} className={css.bar} />
            ))}
            {open.map((n) => (
              <g key={n.day}>
                <rect x={s.x(n.day) - s.step * 0.36} width={s.step * 0.72} y={s.y(n.median)} height={Math.max(0, s.y(n.seen) - s.y(n.median))} className={css.toCome} />
                <line x1={s.x(n.day)} x2={s.x(n.day)} y1={s.y(n.high)} y2={s.y(n.low)} className={css.whisker} />
                <line x1={s.x(n.day) - s.step * 0.22} x2={s.x(n.day) + s.step * 0.22} y1={s.y(n.median)} y2={s.y(n.median)} className={css.median} />
              </g>
            ))}
            <path d={bandOf(s, course.ahead)} className={css.far} />
            <path d={bandOf(s, course.ahead.map((a) => ({ day: a.day, low: a.lower, high: a.upper })))} className={css.near} />
            <polyline points={course.ahead.map((a) => `${s.x(a.day)},${s.y(a.median)}`).join(' ')} className={css.line} />
          </>
        )}
      </DayChart>
      <details className={frame.table}>
        <summary>{say('ui.course.table')}</summary>
        <Table label={label} course={course} />
      </details>
    </figure>
  )
}

function Table({ label, course }: { label: string; course: Course }) {
  const say = useWords()
  const f = useFormat()
  const nowcast = new Map(course.nowcast.map((n) => [n.day, n]))
  const rows = [
    ...course.days.map((d) => ({ day: d.day, seen: d.count, ...nowcast.get(d.day) })),
    ...course.ahead.map((a) => ({ day: a.day, seen: undefined, median: a.median, low: a.low, high: a.high })),
  ]
  const or = (n?: number) => (n === undefined ? noValue : f.number(n))
  return (
    <table>
      <caption className="sr-only">{label}</caption>
      <thead>
        <tr>
          <th scope="col">{say('ui.day')}</th><th scope="col">{say('ui.course.seen')}</th><th scope="col">{say('ui.course.middle')}</th>
          <th scope="col">{say('ui.course.low')}</th><th scope="col">{say('ui.course.high')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((r) => <tr key={r.day}><th scope="row">{f.day(r.day)}</th><td>{or(r.seen)}</td><td>{or(r.median)}</td><td>{or(r.low)}</td><td>{or(r.high)}</td></tr>)}
      </tbody>
    </table>
  )
}
