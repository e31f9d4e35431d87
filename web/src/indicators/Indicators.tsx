import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import type { Voice } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { pathOf } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { useStatus } from '@/state/status'
import { daysBetween } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { Asks } from './Asks'
import { indicatorsQuery } from './queries'
import css from './Indicators.module.css'

/** Indicators lists the standing questions, with when each last spoke and when it last had anything to judge. */
export default function Indicators() {
  const say = useWords()
  const f = useFormat()
  const voices = useQuery(indicatorsQuery(useStatus()))
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.indicators')}>{say('ui.indicators.text')}</PageHead>
      <Panel flush title={say('ui.indicators.all')} note={voices.data && f.number(voices.data.items.length)}>
        <Asked query={voices} rows={8}>{({ items }) => <Table voices={items} />}</Asked>
      </Panel>
    </div>
  )
}

function Table({ voices }: { voices: Voice[] }) {
  const say = useWords()
  const text = useText()
  const navigate = useNavigate()
  const { streamName } = useCity()
  const columns: Column<Voice>[] = [
    { key: 'name', head: say('ui.signals.indicator'), main: true, width: '20%', cell: (v) => <Link to={pathOf({ kind: 'indicator', id: v.id }) as string}>{text(v.names)}</Link> },
    { key: 'stream', head: say('ui.picture.stream'), cell: (v) => streamName(v.stream) },
    { key: 'areas', head: say('ui.indicators.judges'), cell: (v) => <span>{v.areas.map((a) => say(`ui.area.${a}`)).join(' · ')}</span> },
    { key: 'detector', head: say('ui.indicators.detector'), cell: (v) => <Asks indicator={v} /> },
    { key: 'every', head: say('ui.indicators.every'), wide: true, cell: (v) => say(`ui.indicators.every.${v.every}`) },
    { key: 'weight', head: say('ui.indicators.weight'), wide: true, cell: (v) => <Weight voice={v} /> },
    { key: 'spoke', head: say('ui.indicators.spoke'), cell: (v) => <LastSpoke voice={v} /> },
    { key: 'lately', head: say('ui.indicators.lately'), cell: (v) => <span className={v.findings > 0 ? undefined : 'ink-3'}>{say('ui.indicators.findings', { findings: v.findings, signals: v.signals })}</span> },
    { key: 'data', head: say('ui.indicators.data'), cell: (v) => <Data voice={v} /> },
  ]
  return (
    <DataTable label={say('ui.indicators.all')} columns={columns} rows={voices} rowKey={(v) => v.id}
      open={(v) => void navigate({ to: pathOf({ kind: 'indicator', id: v.id }) as string })} empty={<EmptyState title={say('ui.indicators.none')} />} />
  )
}

function Weight({ voice: v }: { voice: Voice }) {
  const f = useFormat()
  return <span className="nowrap"><span className={css.harm} aria-hidden="true">{'●'.repeat(v.harm)}<i>{'●'.repeat(5 - v.harm)}</i></span> <b>{v.harm}</b> / {f.number(v.cost, 2)}</span>
}

function LastSpoke({ voice: v }: { voice: Voice }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  if (!v.spoke) return <span className="ink-3">{say('ui.indicators.never')}</span>
  return (
    <span>
      <Link to={pathOf({ kind: 'signal', id: v.spoke.signal }) as string} className="nowrap">{f.day(v.spoke.day)}</Link>{' '}
      <span className="ink-2">{areaName(v.spoke.area)} · <b>{f.number(v.spoke.observed)}</b></span>
    </span>
  )
}

/** Data that is this old, in days, is marked: the indicator has nothing to judge. */
const old = 3

function Data({ voice: v }: { voice: Voice }) {
  const say = useWords()
  const f = useFormat()
  const now = useNow()
  if (!v.data) return <span className={css.stale}>{say('ui.indicators.noData')}</span>
  const stale = daysBetween(v.data.day, f.dayOf(now)) > old * v.every
  return <span className={stale ? css.stale : undefined}><span className="nowrap">{f.day(v.data.day)}</span> <span className="ink-3">{say('ui.indicators.told', { ago: f.ago(v.data.recorded, now) })}</span></span>
}
