import { Link } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import type { Evidence } from '@/api/types'
import { DataTable, type Column } from '@/parts/DataTable'
import { Panel } from '@/parts/Panel'
import { RefLink } from '@/parts/RefLink'
import { Tag } from '@/parts/Tag'
import { BasisNote } from '@/parts/tags'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useStratumName } from '@/words/useStratumName'
import { useWords } from '@/words/useWords'

/** Findings is the evidence under a signal: each finding of a detector with what it saw and what it compared with. */
export function Findings({ evidence }: { evidence: Evidence[] }) {
  const say = useWords()
  const f = useFormat()
  return (
    <Panel flush title={say('ui.signals.evidence')} note={f.number(evidence.length)}>
      <EvidenceTable evidence={evidence} />
    </Panel>
  )
}

/** EvidenceTable lists findings, the latest first. */
export function EvidenceTable({ evidence }: { evidence: Evidence[] }) {
  const say = useWords()
  const f = useFormat()
  const or = (n: number | undefined) => (n === undefined ? noValue : f.number(n))
  const columns: Column<Evidence>[] = [
    { key: 'day', head: say('ui.day'), cell: (e) => <span className="nowrap">{f.day(e.day)}</span>, main: true },
    { key: 'indicator', head: say('ui.signals.indicator'), cell: (e) => <div><IndicatorLink finding={e} /> {e.withdrawn && <Tag tone="neutral" shape="cross">{say('ui.signals.withdrawn')}</Tag>}<Where finding={e} /></div> },
    { key: 'observed', head: say('ui.signals.observed'), cell: (e) => <b>{f.number(e.observed)}</b>, numeric: true },
    { key: 'expected', head: say('ui.curve.expected'), cell: (e) => or(e.expected), numeric: true },
    { key: 'bound', head: say('ui.curve.bound'), cell: (e) => or(e.bound), numeric: true },
    { key: 'quiet', head: say('ui.signals.quiet'), cell: (e) => or(e.quiet), numeric: true },
    { key: 'score', head: say('ui.signals.score'), cell: (e) => f.number(e.score, 2), numeric: true },
    { key: 'basis', head: say('ui.signals.basis'), cell: (e) => <BasisNote basis={e.basis} /> },
    { key: 'batches', head: say('ui.signals.batches'), cell: (e) => <Batches ids={e.batches} />, wide: true },
  ]
  const rows = [...evidence].sort((a, b) => b.day.localeCompare(a.day) || b.score - a.score)
  return <DataTable label={say('ui.signals.evidence')} columns={columns} rows={rows} rowKey={(e) => `${e.indicator}/${e.area}/${e.stratum ?? ''}/${e.day}`} />
}

/** Where is the area of a finding, and the part of its counts that was judged. */
function Where({ finding: e }: { finding: Evidence }) {
  const { areaName } = useCity()
  const stratumName = useStratumName()
  return <div className="ink-2">{areaName(e.area)}{e.stratum && ` · ${stratumName(e.stratum)}`}</div>
}

/** IndicatorLink leads to the verdicts among which the finding is. */
function IndicatorLink({ finding: e }: { finding: Evidence }) {
  const { city, indicatorName } = useCity()
  if (!city.indicators.some((i) => i.id === e.indicator)) return indicatorName(e.indicator)
  return <Link to="/indicators/$id" params={{ id: e.indicator }} search={{ area: e.area, stratum: e.stratum, day: e.day } as never}>{indicatorName(e.indicator)}</Link>
}

/** The newest of many batches are enough to find the others. */
const mostBatches = 2

function Batches({ ids }: { ids: string[] }) {
  const f = useFormat()
  return (
    <span className="row">
      {ids.slice(0, mostBatches).map((id) => <RefLink key={id} to={{ kind: 'batch', id }} />)}
      {ids.length > mostBatches && <span className="ink-3">+{f.number(ids.length - mostBatches)}</span>}
    </span>
  )
}
