import { useQuery } from '@tanstack/react-query'
import { useCity } from '@/api/city'
import { usePeople } from '@/api/people'
import { useCan, useNow, useSession } from '@/api/queries'
import type { Post, Shift } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { DateTime } from '@/parts/DateTime'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { Tag } from '@/parts/Tag'
import { useAddress } from '@/state/address'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { NewShift } from './NewShift'
import { dutyQuery } from './queries'

interface Line { post: Post; shifts: Shift[] }

/** Duty says who holds which post, now or at another time, and which posts nobody holds. */
export default function Duty() {
  const say = useWords()
  const f = useFormat()
  const can = useCan()
  const now = useNow()
  const { posts } = useCity().city
  const [{ at }, change] = useAddress()
  const duty = useQuery(dutyQuery(at))
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.duty')} actions={can('duty.write') && <NewShift />}>{say('ui.duty.text')}</PageHead>
      <Filters label={say('ui.filters')}>
        <DateTime label={say('ui.duty.at')} value={at ?? now} onChange={(t) => change({ at: t })} />
      </Filters>
      <Asked query={duty}>
        {({ items }) => {
          const lines = posts.map((post) => ({ post, shifts: items.filter((s) => s.post === post.code) }))
          const held = lines.filter((l) => l.shifts.length > 0).length
          return (
            <Panel flush title={say('ui.duty.roster', { at: f.at(at ?? now) })} note={say('ui.duty.held', { held: f.number(held), posts: f.number(posts.length) })}>
              <Roster lines={lines} />
            </Panel>
          )
        }}
      </Asked>
    </div>
  )
}

function Roster({ lines }: { lines: Line[] }) {
  const say = useWords()
  const f = useFormat()
  const person = usePeople()
  const { user } = useSession()
  const { areaName, postName, organisationName } = useCity()
  const holder = ({ shifts }: Line) => shifts.length === 0
    ? <Tag tone="bad" shape="cross">{say('ui.duty.nobody')}</Tag>
    : shifts.map((s) => <span key={s.id} className="row"><b>{person(s.user)}</b>{s.user === user.id && <Tag tone="info">{say('ui.duty.you')}</Tag>}</span>)
  const columns: Column<Line>[] = [
    { key: 'post', head: say('ui.directives.post'), cell: (l) => postName(l.post.code), main: true },
    { key: 'holder', head: say('ui.directives.holder'), cell: holder },
    { key: 'until', head: say('ui.duty.until'), cell: (l) => l.shifts.map((s) => <div key={s.id} className="nowrap">{f.at(s.until)}</div>) },
    { key: 'organisation', head: say('ui.duty.organisation'), cell: (l) => organisationName(l.post.organisation) },
    { key: 'area', head: say('ui.figure.area'), cell: (l) => areaName(l.post.area) },
    { key: 'party', head: say('ui.duty.party'), cell: (l) => say(`ui.party.${l.post.party}` as 'ui.party.place'), wide: true },
    { key: 'next', head: say('ui.duty.next'), cell: (l) => l.post.next && postName(l.post.next) },
  ]
  return <DataTable label={say('ui.nav.duty')} columns={columns} rows={lines} rowKey={(l) => l.post.code} />
}
