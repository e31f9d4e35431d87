import { useQuery } from '@tanstack/react-query'
import type { Inbox } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { InboxList } from '@/parts/InboxList'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { useStatus } from '@/state/status'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { earlierQuery, inboxQuery } from './queries'
import css from './InboxPanel.module.css'

/** InboxPanel is what a team should verify: the signals of the day, what its budget left out, and what earlier days left over. */
export function InboxPanel() {
  const say = useWords()
  const f = useFormat()
  const inbox = useQuery(inboxQuery(useStatus()))
  return (
    <Panel title={say('ui.situation.inbox')} note={inbox.data && f.day(inbox.data.day)} flush>
      <Asked query={inbox}>{(box) => <Signals box={box} />}</Asked>
    </Panel>
  )
}

function Signals({ box }: { box: Inbox }) {
  const say = useWords()
  const f = useFormat()
  const { data } = useQuery(earlierQuery(useStatus()))
  const today = new Set([...box.shown, ...box.left_out].map((s) => s.id))
  const earlier = data?.items.filter((s) => !today.has(s.id)) ?? []
  const quiet = box.shown.length + earlier.length === 0
  return (
    <>
      {box.shown.length > 0 && <InboxList signals={box.shown} />}
      {quiet && <EmptyState title={say('ui.situation.inbox.empty')}>{say('ui.situation.inbox.quiet')}</EmptyState>}
      {box.left_out.length > 0 && (
        <details className={css.more}>
          <summary>{say('ui.situation.leftOut', { n: f.number(box.left_out.length), budget: f.number(box.budget) })}</summary>
          <InboxList signals={box.left_out} />
        </details>
      )}
      {earlier.length > 0 && (
        <>
          <h3 className={css.earlier}>{say('ui.situation.earlier')}</h3>
          <InboxList signals={earlier} />
        </>
      )}
    </>
  )
}
