import { Checkbox, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCity } from '@/api/city'
import { usePaged } from '@/api/paged'
import { useSession } from '@/api/queries'
import type { Directive, DirectiveState } from '@/api/types'
import { dutyQuery } from '@/duty/queries'
import { AreaSelect } from '@/parts/AreaSelect'
import { ErrorState } from '@/parts/states'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { directiveLook } from '@/parts/tones'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import css from './Board.module.css'
import { Column } from './Column'
import { loadDirectives } from './queries'

/** The columns of the board, in the order in which an order passes them. */
const columns: DirectiveState[] = ['issued', 'acknowledged', 'reported', 'verified', 'closed']
const perColumn = 20

/** Board shows the orders by how far they got. */
export default function Board() {
  const say = useWords()
  const { posts } = useCity().city
  const [choices, change] = useAddress()
  const states = choices.withdrawn ? [...columns, 'withdrawn' as const] : columns
  const postName = useCity().postName
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.directives')}>{say('ui.directives.text')}</PageHead>
      <Filters label={say('ui.filters')}>
        <AreaSelect size="xs" label={say('ui.figure.area')} value={choices.area ?? ''} none={say('ui.any')} onChange={(area) => change({ area })} />
        <NativeSelect size="xs" label={say('ui.directives.post')} value={choices.post ?? ''} onChange={(e) => change({ post: e.currentTarget.value })}
          data={[{ value: '', label: say('ui.any') }, ...posts.map((p) => ({ value: p.code, label: postName(p.code) }))]} />
        <Switches />
      </Filters>
      <div className={css.board}>
        {states.map((state) => <StateColumn key={state} state={state} />)}
      </div>
    </div>
  )
}

function Switches() {
  const say = useWords()
  const [choices, change] = useAddress()
  const flag = (name: string, label: string) => (
    <Checkbox size="xs" label={label} checked={Boolean(choices[name])} onChange={(e) => change({ [name]: e.currentTarget.checked ? '1' : undefined })} />
  )
  return (
    <span className={css.switches}>
      {flag('mine', say('ui.directives.mine'))}
      {flag('overdue', say('ui.overdue'))}
      {flag('withdrawn', say('ui.directive.state.withdrawn'))}
    </span>
  )
}

function StateColumn({ state }: { state: DirectiveState }) {
  const say = useWords()
  const f = useFormat()
  const status = useStatus()
  const [{ area, post, overdue, mine }] = useAddress()
  const myPosts = useMyPosts()
  const ended = state === 'closed' || state === 'withdrawn'
  const asked = { status, area, post, state: [state], order: ended ? 'time' as const : 'due' as const }
  const { query, more } = usePaged(['directives', asked], (after) => loadDirectives(asked, after, perColumn))
  const fits = (d: Directive) => (!overdue || (d.overdue !== undefined && !ended)) && (!mine || myPosts.includes(d.held))
  const rows = query.data?.filter(fits)
  if (query.isError) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  return (
    <Column title={say(`ui.directive.state.${state}`)} look={directiveLook[state]}
      count={rows ? `${f.number(rows.length)}${more ? '+' : ''}` : ''} rows={rows} more={more} />
  )
}

/** useMyPosts lists the posts that the reader holds now, by the roster. */
function useMyPosts(): string[] {
  const { user } = useSession()
  const { data } = useQuery(dutyQuery())
  return data?.items.filter((s) => s.user === user.id).map((s) => s.post) ?? []
}
