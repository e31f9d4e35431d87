import { useCity } from '@/api/city'
import type { Observation, Step } from '@/api/types'
import { DataTable, type Column } from '@/parts/DataTable'
import { Progress } from '@/parts/Progress'
import { BasisNote } from '@/parts/tags'
import { InputTable } from '@/proposals/Inputs'
import { EvidenceTable } from '@/signals/Findings'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import css from './Chain.module.css'

/** Evidence is what a step of a chain holds up: figures, findings, counts. */
export function Evidence({ record: r }: { record: Step['record'] }) {
  if (r.directive?.completion) return <div className={css.body}><Progress value={r.directive.completion.value} target={r.directive.completion.target} /></div>
  if (r.proposal) return <InputTable inputs={r.proposal.inputs} pack={r.proposal.pack.id} />
  if (r.signal && r.signal.evidence.length > 0) return <EvidenceTable evidence={r.signal.evidence} />
  if (r.observations) return <Counts rows={r.observations} />
  return null
}

function Counts({ rows }: { rows: Observation[] }) {
  const say = useWords()
  const f = useFormat()
  const { areaName, sourceName, streamName } = useCity()
  const columns: Column<Observation>[] = [
    { key: 'day', head: say('ui.day'), cell: (o) => <span className="nowrap">{f.day(o.day)}</span>, main: true },
    { key: 'stream', head: say('ui.chain.stream'), cell: (o) => streamName(o.stream) },
    { key: 'area', head: say('ui.figure.area'), cell: (o) => areaName(o.area) },
    { key: 'count', head: say('ui.curve.count'), cell: (o) => <b>{f.number(o.count)}</b>, numeric: true },
    { key: 'denominator', head: say('ui.figure.denominator'), cell: (o) => o.denominator === undefined ? noValue : f.number(o.denominator), numeric: true },
    { key: 'source', head: say('ui.chain.source'), cell: (o) => sourceName(o.source) },
    { key: 'reported', head: say('ui.chain.reported'), cell: (o) => <span className="nowrap">{f.at(o.reported)}</span>, wide: true },
    { key: 'basis', head: say('ui.signals.basis'), cell: (o) => <BasisNote basis={o.basis} /> },
  ]
  return <div className={css.counts} role="region" aria-label={say('ui.chain.rows')} tabIndex={0}><DataTable label={say('ui.kind.observation')} columns={columns} rows={rows} rowKey={(o) => o.id} /></div>
}
