import type { Course, NowcastDay } from '@/api/types'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import css from './Course.module.css'

/** The days of the table, the newest last. */
const shown = 14

/** Vintages sets what was said of a day on earlier days beside what is said, and known, now. */
export function Vintages({ course }: { course: Course }) {
  const say = useWords()
  const f = useFormat()
  const now = new Map(course.nowcast.map((n) => [n.day, n]))
  const said = [...course.earlier].reverse().map((v) => ({ day: f.dayOf(v.as_of), of: new Map(v.nowcast.map((n) => [n.day, n])) }))
  const { kept } = course
  return (
    <Panel title={say('ui.course.vintages')} note={say('ui.course.vintages.note')} flush>
      {said.length === 0 ? <EmptyState title={say('ui.course.vintages.none')} /> : (
        <div className={css.scroll} tabIndex={0} role="region" aria-label={say('ui.course.vintages.note')}>
          <table className={css.grid}>
            <caption className="sr-only">{say('ui.course.vintages')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('ui.day')}</th>
                {said.map((v) => <th key={v.day} scope="col">{say('ui.course.said', { day: f.dayShort(v.day) })}</th>)}
                <th scope="col" className={css.now}>{say('ui.course.said', { day: f.dayShort(f.dayOf(course.as_of)) })}</th>
                <th scope="col" className={css.now}>{say('ui.course.known')}</th>
              </tr>
            </thead>
            <tbody>
              {course.days.slice(-shown).map((d) => (
                <tr key={d.day}>
                  <th scope="row">{f.day(d.day)}</th>
                  {said.map((v) => <td key={v.day}><Cell nowcast={v.of.get(d.day)} /></td>)}
                  <td className={css.now}><Cell nowcast={now.get(d.day)} /></td>
                  <td className={css.now}><b>{d.count === undefined ? noValue : f.number(d.count)}</b></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {kept.days > 0 && <p className={css.kept}>{say('ui.course.kept', { n: kept.days, k: kept.inside, a: f.number(kept.error, 1), b: f.number(kept.uncorrected, 1) })}</p>}
    </Panel>
  )
}

function Cell({ nowcast: n }: { nowcast?: NowcastDay }) {
  const f = useFormat()
  if (!n) return <span className="ink-3">{noValue}</span>
  return n.low === n.high
    ? <>{f.number(n.median)}</>
    : <>{f.number(n.median)} <span className={css.interval}>{f.number(n.low)}–{f.number(n.high)}</span></>
}
