import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Pack } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { pathOf } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { Tag } from '@/parts/Tag'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { packsQuery } from './queries'

/** Packs lists the published rules that can be asked. */
export default function Packs() {
  const say = useWords()
  const packs = useQuery(packsQuery)
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.packs')}>{say('ui.packs.text')}</PageHead>
      <Panel flush title={say('ui.nav.packs')}><Asked query={packs}>{({ items }) => <Table packs={items} />}</Asked></Panel>
    </div>
  )
}

function Table({ packs }: { packs: Pack[] }) {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const navigate = useNavigate()
  const columns: Column<Pack>[] = [
    { key: 'name', head: say('ui.pack'), cell: (p) => <>{text(p.names)} {p.active && <Tag tone="good" shape="check">{say('ui.pack.active')}</Tag>}</>, main: true },
    { key: 'id', head: say('ui.pack.id'), cell: (p) => <code>{p.id}</code> },
    { key: 'version', head: say('ui.pack.versionHead'), cell: (p) => f.number(p.version), numeric: true },
    { key: 'from', head: say('ui.pack.force'), cell: (p) => <span className="nowrap">{f.dayLong(p.from)} – {p.until && f.dayLong(p.until)}</span> },
    { key: 'unit', head: say('ui.pack.unit'), cell: (p) => say(`ui.kind.${p.unit}`) },
    { key: 'source', head: say('ui.pack.issuer'), cell: (p) => <span lang="en">{p.source.issuer}</span>, wide: true },
  ]
  return (
    <DataTable label={say('ui.nav.packs')} columns={columns} rows={packs} rowKey={(p) => p.id}
      open={(p) => void navigate({ to: pathOf({ kind: 'pack', id: p.id }) as string })} empty={<EmptyState title={say('ui.packs.none')} />} />
  )
}
