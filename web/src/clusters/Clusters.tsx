import { NativeSelect, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import type { ClusterMap as Found } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Columns } from '@/parts/Columns'
import { DataTable } from '@/parts/DataTable'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { BasisNote } from '@/parts/tags'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { ClusterList } from './ClusterList'
import { ClusterMap } from './ClusterMap'
import { clustersQuery, type ClusterQuestion } from './queries'
import { belongs } from './belongs'
import css from './Clusters.module.css'

const ranks = ['district', 'street', 'community', 'grid'] as const
const models = ['pb_poisson', 'eb_poisson', 'permutation'] as const
const spans = [14, 28, 56]
const lengths = [3, 7, 14]

/** one returns the choice if it is among those offered, and the first otherwise. */
const one = <T,>(offered: readonly T[], wanted: unknown, otherwise: T): T => offered.find((o) => String(o) === String(wanted)) ?? otherwise

/** Clusters scans the areas of the city for places that have lately had more than chance explains. */
export default function Clusters() {
  const say = useWords()
  const f = useFormat()
  const { city } = useCity()
  const status = useStatus()
  const today = f.dayOf(useNow())
  const [choices, change] = useAddress()
  const stream = choices.stream ?? city.streams[0]?.id ?? ''
  const people = city.streams.find((s) => s.id === stream)?.unit === 'people'
  const days = one(spans, choices.days, 28)
  const question: ClusterQuestion = {
    stream, status, days,
    day: choices.day ?? today,
    rank: one(ranks, choices.rank, 'district'),
    model: one(models, choices.model, people ? 'pb_poisson' : 'permutation'),
    longest: Math.min(one(lengths, choices.longest, 7), days / 2),
  }
  const found = useQuery({ ...clustersQuery(question), placeholderData: keepPreviousData })
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.clusters')}>{say('ui.clusters.text')}</PageHead>
      <Choices question={question} today={today} change={change} />
      <Asked query={found} rows={8}>
        {(m) => (
          <>
            <Columns main={<MapPanel found={m} />} side={<ClusterList found={m} />} />
            <Places found={m} />
          </>
        )}
      </Asked>
    </div>
  )
}

function Choices({ question: q, today, change }: { question: ClusterQuestion; today: string; change: (c: Record<string, string>) => void }) {
  const say = useWords()
  const text = useText()
  const { city } = useCity()
  const days = (all: number[]) => all.map((n) => ({ value: String(n), label: say('ui.clusters.nDays', { n }) }))
  return (
    <Filters label={say('ui.clusters.ask')}>
      <NativeSelect size="xs" label={say('ui.picture.stream')} value={q.stream} onChange={(e) => change({ stream: e.currentTarget.value, model: '' })}
        data={city.streams.map((s) => ({ value: s.id, label: text(s.names) }))} />
      <TextInput size="xs" type="date" label={say('ui.picture.day')} value={q.day} max={today} onChange={(e) => change({ day: e.currentTarget.value })} />
      <NativeSelect size="xs" label={say('ui.clusters.rank')} value={q.rank} onChange={(e) => change({ rank: e.currentTarget.value })}
        data={ranks.map((r) => ({ value: r, label: say(`ui.clusters.rank.${r}`) }))} />
      <NativeSelect size="xs" label={say('ui.clusters.model')} value={q.model} onChange={(e) => change({ model: e.currentTarget.value })}
        data={models.map((m) => ({ value: m, label: say(`ui.clusters.model.${m}`) }))} />
      <NativeSelect size="xs" label={say('ui.clusters.days')} value={String(q.days)} onChange={(e) => change({ days: e.currentTarget.value })} data={days(spans)} />
      <NativeSelect size="xs" label={say('ui.clusters.longest')} value={String(q.longest)} onChange={(e) => change({ longest: e.currentTarget.value })}
        data={days(lengths.filter((n) => 2 * n <= q.days))} />
    </Filters>
  )
}

function MapPanel({ found }: { found: Found }) {
  const say = useWords()
  return (
    <Panel title={say('ui.clusters.map')} note={say('ui.clusters.map.note', { n: found.longest })} tools={found.reconstructed && <BasisNote basis="reconstructed" />}>
      {found.places.length === 0 ? <EmptyState title={say('ui.clusters.few')} /> : <ClusterMap found={found} />}
    </Panel>
  )
}

function Places({ found }: { found: Found }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  const rows = [...found.places].sort((a, b) => b.observed - a.observed || b.expected - a.expected)
  return (
    <Panel title={say('ui.clusters.places')} note={say('ui.clusters.nDays', { n: found.longest })} flush>
      <DataTable label={say('ui.clusters.places')} rows={rows} rowKey={(p) => p.area} empty={<EmptyState title={say('ui.clusters.few')} />}
        columns={[
          { key: 'area', head: say('ui.clusters.areas'), main: true, cell: (p) => areaName(p.area) },
          { key: 'people', head: say('ui.clusters.people'), numeric: true, cell: (p) => (p.population > 0 ? f.number(p.population) : noValue) },
          { key: 'observed', head: say('ui.clusters.observed'), numeric: true, cell: (p) => f.number(p.observed) },
          { key: 'expected', head: say('ui.clusters.expected'), numeric: true, cell: (p) => f.number(p.expected, 1) },
          { key: 'ratio', head: say('ui.clusters.ratio'), numeric: true, cell: (p) => (p.expected > 0 ? f.number(p.observed / p.expected, 2) : noValue) },
          { key: 'in', head: say('ui.clusters.in'), cell: (p) => { const i = belongs(found, p.area); return i === undefined ? noValue : say('ui.clusters.one', { n: i + 1 }) } },
        ]} />
      {found.left_out.length > 0 && <p className={css.left}>{say('ui.clusters.left', { areas: found.left_out.map(areaName).join(' · ') })}</p>}
    </Panel>
  )
}
