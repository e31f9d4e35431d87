import type { Course } from '@/api/types'
import { Panel } from '@/parts/Panel'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import css from './Course.module.css'

/** Triangle shows how each of the newest days grew as its reports came in; the darker, the more of what is known now. */
export function Triangle({ course }: { course: Course }) {
  const say = useWords()
  const f = useFormat()
  const delays = Math.max(0, ...course.triangle.map((r) => r.known.length))
  return (
    <Panel title={say('ui.course.triangle')} note={say('ui.course.triangle.note')} flush>
      <div className={css.scroll} tabIndex={0} role="region" aria-label={say('ui.course.triangle.note')}>
        <table className={css.grid}>
          <caption className="sr-only">{say('ui.course.triangle')}</caption>
          <thead>
            <tr><th scope="col">{say('ui.day')}</th>{Array.from({ length: delays }, (_, d) => <th key={d} scope="col">{say('ui.course.delay', { n: d })}</th>)}</tr>
          </thead>
          <tbody>
            {course.triangle.map((r) => {
              const known = r.known.findLast((c) => c.count !== undefined)?.count ?? 0
              return (
                <tr key={r.day}>
                  <th scope="row">{f.day(r.day)}</th>
                  {Array.from({ length: delays }, (_, d) => {
                    const cell = r.known[d]
                    if (!cell) return <td key={d} />
                    const share = cell.count === undefined || known === 0 ? 0 : Math.min(1, cell.count / known)
                    return <td key={d} data-share={Math.round(share * 4)}>{cell.count === undefined ? noValue : f.number(cell.count)}</td>
                  })}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
