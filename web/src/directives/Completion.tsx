import { useQuery } from '@tanstack/react-query'
import { useNow } from '@/api/queries'
import type { Completion as Asked, Directive } from '@/api/types'
import { FigureValue } from '@/parts/FigureValue'
import { Panel } from '@/parts/Panel'
import { Progress } from '@/parts/Progress'
import { Tag } from '@/parts/Tag'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import { completionQuery } from './queries'

/** Completion is how far the measured figure came, with the answer explained. */
export function Completion({ directive: d, completion: c }: { directive: Directive; completion: Asked }) {
  const say = useWords()
  const name = useServerWords()
  const f = useFormat()
  const today = f.dayOf(useNow())
  const last = d.state === 'closed' ? f.dayOf(d.changed) : today
  const { data } = useQuery(completionQuery(c.figure, { area: d.area, from: f.dayOf(d.issued), to: last, status: d.status, argument: c.argument }))
  return (
    <Panel title={say('ui.completion')} note={c.met
      ? <Tag tone="good" shape="check">{say('ui.directives.met', { at: f.at(c.met) })}</Tag>
      : <Tag tone="warn" shape="ring">{say('ui.directives.unmet')}</Tag>}>
      <div className="stack">
        <p>{say('ui.directives.query', { figure: name(`figure.${c.figure}.name`), target: f.number(c.target), day: f.dayShort(f.dayOf(d.issued)) })}</p>
        <Progress value={c.value} target={c.target} />
        <p className="row ink-2">
          {c.asked && say('ui.directives.measured', { at: f.at(c.asked) })}
          {data && <>{say('ui.directives.nowIs')} <FigureValue answer={data} size="inline" /></>}
        </p>
      </div>
    </Panel>
  )
}
