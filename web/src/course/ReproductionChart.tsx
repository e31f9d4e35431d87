import type { Course } from '@/api/types'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { bandOf, DayChart, runsOf } from '@/parts/DayChart'
import frame from '@/parts/DayChart.module.css'
import css from './Chart.module.css'

/** The picture ends at this number: above it only the table tells. */
const ceiling = 6

/** ReproductionChart draws the reproduction number of each day with its interval, beside the mean of a week. */
export function ReproductionChart({ label, course }: { label: string; course: Course }) {
  const say = useWords()
  const f = useFormat()
  const days = course.reproduction.flatMap((r) => (r.mean === undefined || r.low === undefined || r.high === undefined ? [] : [{ day: r.day, mean: r.mean, low: r.low, high: r.high }]))
  const weeks = course.reproduction.flatMap((r) => (r.week_mean === undefined ? [] : [{ day: r.day, mean: r.week_mean }]))
  const top = Math.min(ceiling, Math.max(2.2, ...days.map((d) => d.high)))
  const now = days.at(-1)
  const two = (n: number) => f.number(n, 2)
  const said = now && say('ui.course.r.now', { day: f.day(now.day), mean: two(now.mean), low: two(now.low), high: two(now.high) })
  return (
    <figure className={frame.figure}>
      <figcaption className={`${frame.legend} ${css.legend}`}>
        <span className={css.day}>{say('ui.course.r.day')}</span>
        <span className={css.week}>{say('ui.course.r.week')}</span>
        {said && <span className={frame.readout}>{said}</span>}
      </figcaption>
      <DayChart label={`${label}; ${said ?? ''}`} first={course.days[0]?.day ?? course.day} last={course.ahead.at(-1)?.day ?? course.day} top={top} height={200} today={course.day}>
        {(s) => (
          <>
            {runsOf(days).map((run) => (
              <g key={run[0]?.day}>
                <path d={bandOf(s, run)} className={css.far} />
                <polyline points={run.map((d) => `${s.x(d.day)},${s.y(d.mean)}`).join(' ')} className={css.line} />
              </g>
            ))}
            {runsOf(weeks).map((run) => <polyline key={run[0]?.day} points={run.map((d) => `${s.x(d.day)},${s.y(d.mean)}`).join(' ')} className={css.weekLine} />)}
            <line x1={s.x(course.days[0]?.day ?? course.day) - s.step / 2} x2={s.x(course.ahead.at(-1)?.day ?? course.day) + s.step / 2} y1={s.y(1)} y2={s.y(1)} className={css.unity} />
          </>
        )}
      </DayChart>
      <details className={frame.table}>
        <summary>{say('ui.course.table')}</summary>
        <table>
          <caption className="sr-only">{say('ui.course.r')}</caption>
          <thead>
            <tr><th scope="col">{say('ui.day')}</th><th scope="col">Rt</th><th scope="col">{say('ui.course.low')}</th><th scope="col">{say('ui.course.high')}</th><th scope="col">{say('ui.course.r.week')}</th></tr>
          </thead>
          <tbody>
            {days.map((d) => (
              <tr key={d.day}><th scope="row">{f.day(d.day)}</th><td>{two(d.mean)}</td><td>{two(d.low)}</td><td>{two(d.high)}</td>
                <td>{(() => { const w = weeks.find((x) => x.day === d.day); return w ? two(w.mean) : noValue })()}</td></tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}
