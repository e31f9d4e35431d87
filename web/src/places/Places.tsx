import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useCity } from '@/api/city'
import { useCan } from '@/api/queries'
import { DataTable } from '@/parts/DataTable'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { BasisNote, LevelTag } from '@/parts/tags'
import { levelOf } from '@/situation/levels'
import { useStatus } from '@/state/status'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { AreaDetail } from './AreaDetail'
import { levelsQuery } from './queries'
import { matching, treeRows } from './tree'
import css from './Places.module.css'

/** Places lists the areas of the city and shows one of them in full. */
export default function Places() {
  const say = useWords()
  const text = useText()
  const { city, root } = useCity()
  const { code } = useParams({ strict: false })
  const shown = code ?? root?.code
  return (
    <div className="stack">
      <h1>{say('ui.nav.places')}</h1>
      <div className={css.columns} data-one={code ? '' : undefined}>
        <Tree selected={shown} />
        {shown && <AreaDetail key={shown} code={shown} />}
      </div>
      <section className={css.notes} aria-label={say('ui.places.notes')}>
        {city.notes.map((n) => <p key={n.id}>{text(n.text)}</p>)}
      </section>
    </div>
  )
}

function Tree({ selected }: { selected?: string }) {
  const say = useWords()
  const f = useFormat()
  const text = useText()
  const navigate = useNavigate()
  const can = useCan()
  const { root, children, path } = useCity()
  const [wanted, setWanted] = useState('')
  const levels = useQuery({ ...levelsQuery(useStatus()), enabled: can('proposal.read') })
  const rows = matching(treeRows(root, children), wanted, path)
  return (
    <Panel
      title={say('ui.places.areas')}
      note={f.number(rows.length)}
      tools={<TextInput size="xs" type="search" aria-label={say('ui.places.search')} placeholder={say('ui.places.search')} value={wanted} onChange={(e) => setWanted(e.currentTarget.value)} />}
      flush
    >
      <DataTable
        label={say('ui.places.areas')}
        rows={rows}
        rowKey={(r) => r.area.code}
        selected={selected}
        open={(r) => void navigate({ to: '/places/$code', params: { code: r.area.code } })}
        empty={<EmptyState title={say('ui.places.none')} />}
        columns={[
          {
            key: 'name', head: say('ui.places.name'), main: true,
            cell: (r) => <span style={{ display: 'block', paddingLeft: r.depth * 16 }}>{text(r.area.names)}</span>,
          },
          { key: 'level', head: say('ui.places.level'), cell: (r) => levels.data && <LevelTag level={levelOf(r.area.code, levels.data.items, path)} /> },
          { key: 'setting', head: say('ui.places.setting'), cell: (r) => <span className="nowrap">{say(`ui.setting.${r.area.setting}`)}</span>, wide: true },
          { key: 'people', head: say('ui.places.population'), numeric: true, cell: (r) => (r.area.population > 0 ? f.number(r.area.population) : noValue) },
          { key: 'basis', head: say('ui.places.basis'), cell: (r) => <BasisNote basis={r.area.basis} />, wide: true },
        ]}
      />
    </Panel>
  )
}
