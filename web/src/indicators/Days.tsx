import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import type { VerdictDay } from '@/api/types'
import { DataTable, type Column } from '@/parts/DataTable'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { Tag, type Shape, type Tone } from '@/parts/Tag'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { corrected, notable, nowOf, readingOf, tallied, type Reading } from './reading'
import css from './Indicators.module.css'

const looks: Record<Reading, { tone: Tone; shape?: Shape }> = {
  found: { tone: 'bad', shape: 'full' },
  withdrawn: { tone: 'neutral', shape: 'cross' },
  hindsight: { tone: 'special', shape: 'diamond' },
  unjudged: { tone: 'neutral', shape: 'empty' },
  usual: { tone: 'good', shape: 'check' },
}

/** Days tells the verdicts day by day, the newest first: those worth a look, or all. */
export function Days({ days }: { days: VerdictDay[] }) {
  const say = useWords()
  const [all, setAll] = useState(false)
  const rows = [...days].reverse().filter((d) => all || notable(d))
  return (
    <Panel flush title={say('ui.indicators.days')} note={say('ui.indicators.summary', tallied(days))}
      tools={<NativeSelect size="xs" miw={150} aria-label={say('ui.indicators.show')} value={all ? 'all' : 'notable'} onChange={(e) => setAll(e.currentTarget.value === 'all')}
        data={[{ value: 'notable', label: say('ui.indicators.notable') }, { value: 'all', label: say('ui.indicators.every.day') }]} />}>
      <Table rows={rows} />
    </Panel>
  )
}

function Table({ rows }: { rows: VerdictDay[] }) {
  const say = useWords()
  const f = useFormat()
  const or = (n?: number) => (n === undefined ? noValue : f.number(n))
  const columns: Column<VerdictDay>[] = [
    { key: 'day', head: say('ui.day'), main: true, cell: (d) => <span className="nowrap">{f.day(d.day)}</span> },
    { key: 'verdict', head: say('ui.indicators.verdict'), cell: (d) => <Said day={d} /> },
    { key: 'then', head: say('ui.indicators.counted'), numeric: true, cell: (d) => <span className={corrected(d) ? css.strike : undefined}>{or(d.then.count)}</span> },
    { key: 'now', head: say('ui.indicators.corrected'), numeric: true, cell: (d) => (corrected(d) ? <b>{or(nowOf(d).count)}</b> : or(nowOf(d).count)) },
    { key: 'expected', head: say('ui.curve.expected'), numeric: true, cell: (d) => <Moved then={d.then.expected} now={nowOf(d).expected} /> },
    { key: 'bound', head: say('ui.curve.bound'), numeric: true, cell: (d) => <Moved then={d.then.bound} now={nowOf(d).bound} /> },
    { key: 'judged', head: say('ui.indicators.judged'), wide: true, cell: (d) => <span className={`nowrap ${f.dayOf(d.judged) === d.day ? 'ink-3' : 'ink-2'}`}>{f.at(d.judged)}</span> },
  ]
  return <DataTable label={say('ui.indicators.days')} columns={columns} rows={rows} rowKey={(d) => d.day} empty={<EmptyState title={say('ui.indicators.nothing')} />} />
}

function Said({ day: d }: { day: VerdictDay }) {
  const say = useWords()
  const reading = readingOf(d)
  return (
    <span title={d.then.why}>
      <Tag {...looks[reading]}>{say(`ui.indicators.${reading}`)}</Tag>{' '}
      {d.then.abstained && <span className="ink-2">{say(`ui.abstained.${d.then.abstained}`)}</span>}
    </span>
  )
}

/** Moved is a value then, and now where it has become another. */
function Moved({ then, now }: { then?: number; now?: number }) {
  const f = useFormat()
  const or = (n?: number) => (n === undefined ? noValue : f.number(n))
  return or(then) === or(now) ? or(then) : <><span className={css.strike}>{or(then)}</span> {or(now)}</>
}
