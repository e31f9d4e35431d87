import { useQuery } from '@tanstack/react-query'
import { Asked } from '@/parts/Asked'
import { FigureValue } from '@/parts/FigureValue'
import { InboxList } from '@/parts/InboxList'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { useStatus } from '@/state/status'
import { useWords } from '@/words/useWords'
import { inboxQuery, situationQuery } from './queries'

/** Situation is what the command sees first. */
export default function Situation() {
  const say = useWords()
  const status = useStatus()
  const situation = useQuery(situationQuery(status))
  const inbox = useQuery(inboxQuery(status))
  return (
    <div className="stack">
      <h1>{say('ui.situation.title')}</h1>
      <Panel title={say('ui.situation.figures')}>
        <Asked query={situation}>{(s) => <div className="row">{s.figures.map((a) => <FigureValue key={a.figure} answer={a} />)}</div>}</Asked>
      </Panel>
      <Panel title={say('ui.situation.inbox')} flush>
        <Asked query={inbox}>
          {(box) => box.shown.length
            ? <InboxList signals={box.shown} />
            : <EmptyState title={say('ui.situation.inbox.empty')}>{say('ui.situation.inbox.quiet')}</EmptyState>}
        </Asked>
      </Panel>
    </div>
  )
}
