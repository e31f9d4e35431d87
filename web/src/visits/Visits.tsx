import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useCity } from '@/api/city'
import { usePeople } from '@/api/people'
import { useCan, useNow, useSession } from '@/api/queries'
import type { Declaration, Disclosure } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { ReasonAct } from '@/parts/ReasonAct'
import { RefLink } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { Tag } from '@/parts/Tag'
import { DeclarationTag } from '@/parts/tags'
import type { DeclarationStanding } from '@/parts/tones'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { Declare } from './Declare'
import { declarationsQuery, disclosuresQuery, move } from './queries'

/** standingOf tells how a declaration stands now: one in force lapses without an act. */
const standingOf = (d: Declaration, now: string): DeclarationStanding =>
  d.state === 'in_force' && d.until && Date.parse(d.until) <= Date.parse(now) ? 'lapsed' : d.state

/** Visits says on what ground check-ins are collected, lets officers declare, and shows who had people disclosed. */
export default function Visits() {
  const say = useWords()
  const can = useCan()
  const { visits } = useSession()
  const declarations = useQuery({ ...declarationsQuery, enabled: visits })
  if (!visits) return <div className="stack"><PageHead title={say('ui.nav.visits')} /><EmptyState title={say('ui.visits.none')} /></div>
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.visits')} actions={can('visit.declare') && <Declare />}>{say('ui.visits.text')}</PageHead>
      <Asked query={declarations}>
        {({ items }) => (
          <>
            <Collected declarations={items} />
            <Panel flush title={say('ui.visits.declarations')}>
              <Declarations declarations={items} />
            </Panel>
          </>
        )}
      </Asked>
      {can('journal.read') && <Panel flush title={say('ui.visits.disclosures')}><Disclosures /></Panel>}
    </div>
  )
}

/** Collected says what a check-in leaves behind today. */
function Collected({ declarations }: { declarations: Declaration[] }) {
  const say = useWords()
  const f = useFormat()
  const now = useNow()
  const { city } = useCity()
  const until = declarations
    .filter((d) => d.area === city.root && d.modules.includes('check_ins') && standingOf(d, now) === 'in_force')
    .map((d) => d.until ?? '').sort().at(-1)
  return until
    ? <p className="row"><Tag tone="good" shape="check">{say('ui.visits.collected')}</Tag> {say('ui.visits.collected.text', { until: f.at(until) })}</p>
    : <p className="row"><Tag tone="info" shape="empty">{say('ui.visits.counted')}</Tag> {say('ui.visits.counted.text')}</p>
}

function Declarations({ declarations }: { declarations: Declaration[] }) {
  const say = useWords()
  const f = useFormat()
  const now = useNow()
  const person = usePeople()
  const { areaName, organisationName } = useCity()
  const by = (a: Declaration['approvals'][number]) => (
    <div key={a.by}>{person(a.by)} <span className="ink-2">{organisationName(a.organisation)}</span></div>
  )
  const columns: Column<Declaration>[] = [
    { key: 'area', head: say('ui.figure.area'), cell: (d) => <span className="nowrap">{areaName(d.area)}</span>, main: true },
    { key: 'state', head: say('ui.state'), cell: (d) => <DeclarationTag standing={standingOf(d, now)} /> },
    { key: 'from', head: say('ui.declaration.from'), cell: (d) => d.from && <span className="nowrap">{f.at(d.from)}</span> },
    { key: 'until', head: say('ui.declaration.until'), cell: (d) => d.until ? <span className="nowrap">{f.at(d.until)}</span> : d.state === 'proposed' && say('ui.declaration.days', { count: d.days }) },
    { key: 'basis', head: say('ui.declaration.basis'), cell: (d) => d.basis },
    { key: 'by', head: say('ui.declaration.by'), cell: (d) => d.approvals.map(by) },
    { key: 'moves', head: say('ui.declaration.moves'), cell: (d) => d.moves.length > 0 && (
      <div className="row">
        {d.moves.map((step) => <ReasonAct key={step} size="compact-xs" needed={step !== 'approve'} label={say(`ui.declaration.${step}`)} text={say(`ui.declaration.${step}.text`)}
          call={(why, key) => move(d.id, step, why, key)} />)}
      </div>
    ) },
  ]
  return <DataTable label={say('ui.visits.declarations')} columns={columns} rows={declarations} rowKey={(d) => d.id}
    empty={<EmptyState title={say('ui.declaration.none')}>{say('ui.declaration.none.text')}</EmptyState>} />
}

function Disclosures() {
  const say = useWords()
  const f = useFormat()
  const person = usePeople()
  const { areaName } = useCity()
  const asked = useInfiniteQuery(disclosuresQuery)
  const columns: Column<Disclosure>[] = [
    { key: 'at', head: say('ui.disclosure.at'), cell: (d) => <span className="nowrap">{f.at(d.at)}</span>, main: true },
    { key: 'by', head: say('ui.disclosure.by'), cell: (d) => person(d.by) },
    { key: 'case', head: say('ui.disclosure.case'), cell: (d) => <RefLink to={d.case} /> },
    { key: 'area', head: say('ui.figure.area'), cell: (d) => areaName(d.area), wide: true },
    { key: 'purpose', head: say('ui.disclosure.purpose'), cell: (d) => say(`ui.disclosure.purpose.${d.purpose}`) },
    { key: 'window', head: say('ui.disclosure.window'), cell: (d) => `${f.at(d.from)} – ${f.at(d.until)}`, wide: true },
    { key: 'sought', head: say('ui.disclosure.sought'), cell: (d) => d.site ? say('ui.disclosure.site') : f.number(d.sought), numeric: true },
    { key: 'people', head: say('ui.disclosure.people'), cell: (d) => f.number(d.people), numeric: true },
  ]
  return (
    <Asked query={asked}>
      {({ pages }) => <DataTable label={say('ui.visits.disclosures')} columns={columns} rows={pages.flatMap((p) => p.items)} rowKey={(d) => d.id}
        more={asked.hasNextPage ? { load: () => void asked.fetchNextPage(), loading: asked.isFetchingNextPage } : undefined}
        empty={<EmptyState title={say('ui.disclosure.none')}>{say('ui.disclosure.none.text')}</EmptyState>} />}
    </Asked>
  )
}
