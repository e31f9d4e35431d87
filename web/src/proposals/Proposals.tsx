import { NativeSelect } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { pageSize, usePaged } from '@/api/paged'
import { useCan } from '@/api/queries'
import type { Proposal, ProposalState } from '@/api/types'
import { AreaSelect } from '@/parts/AreaSelect'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { PersonName } from '@/parts/PersonName'
import { pathOf } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { LevelTag, ProposalTag, StatusTag } from '@/parts/tags'
import { proposalLook } from '@/parts/tones'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { AskRule } from './AskRule'
import { loadProposals } from './queries'

const states = Object.keys(proposalLook) as ProposalState[]

/** Proposals lists what the rules proposed and what officers made of it. */
export default function Proposals() {
  const say = useWords()
  const can = useCan()
  const status = useStatus()
  const [{ state, area }, change] = useAddress()
  const asked = { status, area, state: states.filter((s) => s === state) }
  const { query, more } = usePaged(['proposals', asked], (after) => loadProposals(asked, after, pageSize))
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.proposals')} actions={can('proposal.decide') && <AskRule />}>{say('ui.proposals.text')}</PageHead>
      <Filters label={say('ui.filters')}>
        <NativeSelect size="xs" label={say('ui.state')} value={state ?? ''} onChange={(e) => change({ state: e.currentTarget.value })}
          data={[{ value: '', label: say('ui.any') }, ...states.map((s) => ({ value: s, label: say(`ui.proposal.state.${s}`) }))]} />
        <AreaSelect size="xs" label={say('ui.figure.area')} value={area ?? ''} none={say('ui.any')} onChange={(a) => change({ area: a })} />
      </Filters>
      <Panel title={say('ui.nav.proposals')} flush>
        <Asked query={query}>{(rows) => <ProposalTable rows={rows} more={more} />}</Asked>
      </Panel>
    </div>
  )
}

function ProposalTable({ rows, more }: { rows: Proposal[]; more?: { load: () => void; loading: boolean } }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  const navigate = useNavigate()
  const columns: Column<Proposal>[] = [
    { key: 'made', head: say('ui.proposal.made'), cell: (p) => <span className="nowrap">{f.at(p.made)}</span> },
    { key: 'area', head: say('ui.figure.area'), cell: (p) => <>{areaName(p.area)} <StatusTag status={p.status} /></>, main: true },
    { key: 'current', head: say('ui.proposal.current'), cell: (p) => <LevelTag level={p.current} /> },
    { key: 'level', head: say('ui.proposal.proposed'), cell: (p) => <LevelTag level={p.level} /> },
    { key: 'decided', head: say('ui.proposal.decided'), cell: (p) => p.decided && (
      <span className="row"><LevelTag level={p.decided} />{p.decided_area && p.decided_area !== p.area && areaName(p.decided_area)}</span>
    ) },
    { key: 'by', head: say('ui.proposal.by'), cell: (p) => p.by && <PersonName id={p.by} /> },
    { key: 'pack', head: say('ui.proposal.rule'), cell: (p) => <span className="mono">{p.pack.id} / {p.rule}</span>, wide: true },
    { key: 'state', head: say('ui.state'), cell: (p) => <ProposalTag state={p.state} /> },
  ]
  return (
    <DataTable label={say('ui.nav.proposals')} columns={columns} rows={rows} rowKey={(p) => p.id} more={more}
      open={(p) => void navigate({ to: pathOf({ kind: 'proposal', id: p.id }) as string })}
      empty={<EmptyState title={say('ui.proposals.none')}>{say('ui.proposals.none.why')}</EmptyState>} />
  )
}
