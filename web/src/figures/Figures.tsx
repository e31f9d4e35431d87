import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Figure } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { pathOf } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { useServerWords, useWords } from '@/words/useWords'
import { figuresQuery } from './queries'

/** Figures is the catalogue of named questions that rules, orders and screens ask. */
export default function Figures() {
  const say = useWords()
  const [wanted, setWanted] = useState('')
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.figures')}>{say('ui.figures.text')}</PageHead>
      <Filters label={say('ui.filters')}>
        <TextInput size="xs" label={say('ui.figures.find')} value={wanted} onChange={(e) => setWanted(e.currentTarget.value)} />
      </Filters>
      <Panel flush title={say('ui.figures.catalogue')}>
        <Asked query={useQuery(figuresQuery)}>{({ items }) => <Table figures={items} wanted={wanted.trim().toLowerCase()} />}</Asked>
      </Panel>
    </div>
  )
}

function Table({ figures, wanted }: { figures: Figure[]; wanted: string }) {
  const say = useWords()
  const name = useServerWords()
  const navigate = useNavigate()
  const fits = (f: Figure) => [f.name, name(`figure.${f.name}.name`), name(f.method)].some((t) => t.toLowerCase().includes(wanted))
  const columns: Column<Figure>[] = [
    { key: 'title', head: say('ui.figure'), cell: (f) => name(`figure.${f.name}.name`), main: true, width: '22%' },
    { key: 'name', head: say('ui.figures.name'), cell: (f) => <code>{f.name}</code> },
    { key: 'unit', head: say('ui.figures.unit'), cell: (f) => say(`ui.unit.${f.unit}`) },
    { key: 'about', head: say('ui.figures.about'), cell: (f) => say(f.windowed ? 'ui.figures.window' : 'ui.figures.state') },
    { key: 'method', head: say('ui.figures.method'), cell: (f) => <span className="ink-2">{name(f.method)}</span>, wide: true },
  ]
  return (
    <DataTable label={say('ui.figures.catalogue')} columns={columns} rows={figures.filter(fits)} rowKey={(f) => f.name}
      open={(f) => void navigate({ to: pathOf({ kind: 'figure', id: f.name }) as string })} empty={<EmptyState title={say('ui.figures.none')} />} />
  )
}
