import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { pageSize, usePaged } from '@/api/paged'
import type { Signal, SignalState } from '@/api/types'
import { AreaSelect } from '@/parts/AreaSelect'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { Filters } from '@/parts/Filters'
import { Finding, SignalTitle } from '@/parts/InboxList'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { pathOf } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { SignalTag, StatusTag } from '@/parts/tags'
import { signalLook } from '@/parts/tones'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { Inbox } from './Inbox'
import { loadSignals } from './queries'

const states = Object.keys(signalLook) as SignalState[]

/** Signals is the inbox of a day, and the list of all signals behind it. */
export default function Signals() {
  const say = useWords()
  const [{ view }, change] = useAddress()
  const all = view === 'all'
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.signals')} actions={
        <SegmentedControl size="xs" aria-label={say('ui.signals.view')} value={all ? 'all' : 'inbox'} onChange={(v) => change({ view: v === 'all' ? 'all' : undefined })}
          data={[{ value: 'inbox', label: say('ui.signals.inbox') }, { value: 'all', label: say('ui.signals.all') }]} />
      } />
      {all ? <All /> : <Inbox />}
    </div>
  )
}

function All() {
  const say = useWords()
  const status = useStatus()
  const [{ state, area, order }, change] = useAddress()
  const asked = { status, area, state: states.filter((s) => s === state), order: order === 'rank' ? 'rank' as const : 'time' as const }
  const { query, more } = usePaged(['signals', asked], (after) => loadSignals(asked, after, pageSize))
  return (
    <>
      <Filters label={say('ui.filters')}>
        <NativeSelect size="xs" label={say('ui.state')} value={state ?? ''} onChange={(e) => change({ state: e.currentTarget.value })}
          data={[{ value: '', label: say('ui.any') }, ...states.map((s) => ({ value: s, label: say(`ui.signal.state.${s}`) }))]} />
        <AreaSelect size="xs" label={say('ui.figure.area')} value={area ?? ''} none={say('ui.any')} onChange={(a) => change({ area: a })} />
        <NativeSelect size="xs" label={say('ui.order')} value={asked.order} onChange={(e) => change({ order: e.currentTarget.value })}
          data={[{ value: 'time', label: say('ui.order.time') }, { value: 'rank', label: say('ui.order.rank') }]} />
      </Filters>
      <Panel title={say('ui.signals.all')} flush>
        <Asked query={query}>{(rows) => <SignalTable rows={rows} more={more} />}</Asked>
      </Panel>
    </>
  )
}

/** SignalTable lists signals, each a row that opens. */
export function SignalTable({ rows, more }: { rows: Signal[]; more?: { load: () => void; loading: boolean } }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  const navigate = useNavigate()
  const columns: Column<Signal>[] = [
    { key: 'rank', head: say('ui.signal.rank'), cell: (s) => f.number(s.rank, 1), numeric: true, width: '72px' },
    { key: 'what', head: say('ui.signals.what'), cell: (s) => <><SignalTitle signal={s} /> <StatusTag status={s.status} /></>, main: true },
    { key: 'area', head: say('ui.figure.area'), cell: (s) => areaName(s.area) },
    { key: 'days', head: say('ui.signals.days'), cell: (s) => <span className="nowrap">{s.first === s.last ? f.dayShort(s.last) : `${f.dayShort(s.first)} – ${f.dayShort(s.last)}`}</span> },
    { key: 'finding', head: say('ui.signals.finding'), cell: (s) => <Finding signal={s} /> },
    { key: 'raised', head: say('ui.signals.raised'), cell: (s) => <span className="nowrap">{f.at(s.raised)}</span>, wide: true },
    { key: 'state', head: say('ui.state'), cell: (s) => <SignalTag state={s.state} /> },
  ]
  return (
    <DataTable label={say('ui.nav.signals')} columns={columns} rows={rows} rowKey={(s) => s.id} more={more}
      open={(s) => void navigate({ to: pathOf({ kind: 'signal', id: s.id }) as string })}
      empty={<EmptyState title={say('ui.signals.none')}>{say('ui.signals.none.why')}</EmptyState>} />
  )
}
