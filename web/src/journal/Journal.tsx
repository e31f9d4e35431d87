import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { pageSize, usePaged } from '@/api/paged'
import { peopleQuery, usePeople } from '@/api/people'
import { useCan } from '@/api/queries'
import type { Entry } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { pathOf, RefLink } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { useAddress } from '@/state/address'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import { actFamilies, acts } from './acts'
import { loadEntries } from './queries'

/** Journal lists who did what, when and to what, the newest first. */
export default function Journal() {
  const say = useWords()
  const can = useCan()
  const [{ actor, act, subject, from, to }] = useAddress()
  const asked = { actor, act, subject, from, to }
  const { query, more } = usePaged(['journal', asked], (after) => loadEntries(asked, after, pageSize))
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.journal')} actions={can('journal.check') && <Link to="/fsck">{say('ui.fsck.go')}</Link>}>{say('ui.journal.text')}</PageHead>
      <Narrow />
      <Panel flush title={say('ui.nav.journal')}><Asked query={query}>{(rows) => <Table rows={rows} more={more} />}</Asked></Panel>
    </div>
  )
}

function Narrow() {
  const say = useWords()
  const actName = useServerWords()
  const { data: people = [] } = useQuery(peopleQuery)
  const [{ actor, act, subject, from, to }, change] = useAddress()
  const any = { value: '', label: say('ui.any') }
  const actChoices = [
    any,
    { group: say('ui.journal.families'), items: actFamilies.map((a) => ({ value: a, label: say(`ui.journal.family.${a.slice(0, -1)}` as 'ui.journal.family.counts') })) },
    { group: say('ui.journal.act'), items: acts.map((a) => ({ value: a, label: actName(`ui.act.${a}`) })) },
  ]
  return (
    <Filters label={say('ui.filters')}>
      <NativeSelect size="xs" label={say('ui.journal.actor')} value={actor ?? ''} onChange={(e) => change({ actor: e.currentTarget.value })}
        data={[any, ...people.map((p) => ({ value: p.id, label: p.display }))]} />
      <NativeSelect size="xs" label={say('ui.journal.act')} value={act ?? ''} onChange={(e) => change({ act: e.currentTarget.value })} data={actChoices} />
      <TextInput size="xs" label={say('ui.journal.subject')} placeholder="directive/…" defaultValue={subject ?? ''}
        onBlur={(e) => change({ subject: e.currentTarget.value.trim() })}
        onKeyDown={(e) => e.key === 'Enter' && change({ subject: e.currentTarget.value.trim() })} />
      <TextInput size="xs" type="date" label={say('ui.figures.from')} value={from ?? ''} onChange={(e) => change({ from: e.currentTarget.value })} />
      <TextInput size="xs" type="date" label={say('ui.figures.to')} value={to ?? ''} onChange={(e) => change({ to: e.currentTarget.value })} />
    </Filters>
  )
}

function Table({ rows, more }: { rows: Entry[]; more?: { load: () => void; loading: boolean } }) {
  const say = useWords()
  const f = useFormat()
  const person = usePeople()
  const actName = useServerWords()
  const { areaName } = useCity()
  const navigate = useNavigate()
  const columns: Column<Entry>[] = [
    { key: 'seq', head: say('ui.journal.seq'), cell: (e) => e.link ? f.number(e.link.seq) : <span title={say('ui.journal.unlinked')}>{noValue}</span>, numeric: true, width: '64px' },
    { key: 'at', head: say('ui.journal.at'), cell: (e) => <span className="nowrap">{f.at(e.at)}</span> },
    { key: 'act', head: say('ui.journal.act'), cell: (e) => actName(`ui.act.${e.act}`), main: true },
    { key: 'actor', head: say('ui.journal.actor'), cell: (e) => person(e.actor) },
    { key: 'area', head: say('ui.figure.area'), cell: (e) => e.area && areaName(e.area) },
    { key: 'subject', head: say('ui.journal.subject'), cell: (e) => <RefLink to={e.subject} /> },
    { key: 'hash', head: say('ui.journal.hash'), cell: (e) => <code className="ink-3">{e.hash.slice(0, 12)}</code>, wide: true },
  ]
  return (
    <DataTable label={say('ui.nav.journal')} columns={columns} rows={rows} rowKey={(e) => e.id} more={more}
      open={(e) => void navigate({ to: pathOf({ kind: 'entry', id: e.id }) as string })}
      empty={<EmptyState title={say('ui.journal.none')}>{say('ui.journal.none.why')}</EmptyState>} />
  )
}
