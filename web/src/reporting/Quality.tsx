import { SegmentedControl } from '@mantine/core'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCity } from '@/api/city'
import { answer, api } from '@/api/client'
import { useNow } from '@/api/queries'
import type { Quality as Kept } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { DataTable } from '@/parts/DataTable'
import { Panel } from '@/parts/Panel'
import { ShareBar } from '@/parts/ShareBar'
import { EmptyState } from '@/parts/states'
import { Tag } from '@/parts/Tag'
import { addDays, daysBetween } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'

const qualityQuery = (from: string, to: string) =>
  queryOptions({ queryKey: ['reporting', 'quality', from, to], queryFn: () => answer(api.GET('/v1/reporting/quality', { params: { query: { from, to } } })) })

const windows = [7, 14, 28]

/** silentAfter is how many days without a report are marked. */
const silentAfter = 3

/** Quality shows how each source keeps its duty to report, the worst first. */
export default function Quality() {
  const say = useWords()
  const f = useFormat()
  const [days, setDays] = useState(14)
  const last = addDays(f.dayOf(useNow()), -1)
  const quality = useQuery(qualityQuery(addDays(last, 1 - days), last))
  return (
    <div className="stack">
      <h1>{say('ui.nav.quality')}</h1>
      <Panel
        title={say('ui.quality.title')}
        note={`${f.dayShort(addDays(last, 1 - days))} – ${f.dayShort(last)}`}
        tools={<SegmentedControl size="xs" aria-label={say('ui.quality.window')} value={String(days)} onChange={(v) => setDays(Number(v))}
          data={windows.map((n) => ({ value: String(n), label: say('ui.quality.days', { n }) }))} />}
        flush
      >
        <Asked query={quality} rows={8}>{({ items }) => <Sources items={items} last={last} />}</Asked>
      </Panel>
    </div>
  )
}

const share = (n: number, of: number) => (of > 0 ? n / of : 1)

function Sources({ items, last }: { items: Kept[]; last: string }) {
  const say = useWords()
  const text = useText()
  const { areaName } = useCity()
  const rows = [...items].sort((a, b) => share(a.reported, a.expected) - share(b.reported, b.expected))
  return (
    <DataTable
      label={say('ui.quality.title')}
      rows={rows}
      rowKey={(q) => q.source.id}
      empty={<EmptyState title={say('ui.quality.none')} />}
      columns={[
        { key: 'source', head: say('ui.quality.source'), main: true, cell: (q) => text(q.source.names) },
        { key: 'kind', head: say('ui.quality.kind'), cell: (q) => say(`ui.source.${q.source.kind}`), wide: true },
        { key: 'area', head: say('ui.quality.area'), cell: (q) => areaName(q.source.area) },
        { key: 'complete', head: say('ui.quality.complete'), width: '22%', cell: (q) => <ShareBar label={say('ui.quality.complete')} n={q.reported} of={q.expected} /> },
        { key: 'time', head: say('ui.quality.onTime'), width: '22%', cell: (q) => <ShareBar label={say('ui.quality.onTime')} n={q.on_time} of={q.expected} /> },
        { key: 'due', head: say('ui.quality.deadline'), cell: (q) => say('ui.quality.due', { hour: q.source.due_hour }), wide: true },
        { key: 'last', head: say('ui.quality.last'), cell: (q) => <Last day={q.last} until={last} /> },
      ]}
    />
  )
}

/** Last is the last day for which anything came; a silence of days is marked. */
function Last({ day, until }: { day?: string; until: string }) {
  const say = useWords()
  const f = useFormat()
  if (!day) return <Tag tone="bad" shape="empty">{say('ui.quality.silent')}</Tag>
  const late = daysBetween(day, until) >= silentAfter
  return late ? <Tag tone="warn" shape="clock">{f.dayShort(day)}</Tag> : f.dayShort(day)
}
