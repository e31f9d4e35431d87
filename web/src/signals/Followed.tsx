import { useQuery } from '@tanstack/react-query'
import type { Status } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Facts } from '@/parts/Facts'
import { Panel } from '@/parts/Panel'
import { PersonName } from '@/parts/PersonName'
import { RefLink } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { ProposalList } from '@/proposals/ProposalList'
import { proposalsOfEventQuery } from '@/proposals/queries'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import { eventsQuery } from './queries'

/** Followed is what came of a signal: the event, and what the rules proposed under it. */
export function Followed({ event, status }: { event: string; status: Status }) {
  const say = useWords()
  const proposals = useQuery(proposalsOfEventQuery(event, status))
  return (
    <>
      <EventPanel event={event} status={status} />
      <Panel flush title={say('ui.signals.proposals')}>
        <Asked query={proposals} rows={2}>
          {(page) => page.items.length ? <ProposalList proposals={page.items} /> : <EmptyState title={say('ui.signals.proposals.none')} />}
        </Asked>
      </Panel>
    </>
  )
}

function EventPanel({ event, status }: { event: string; status: Status }) {
  const say = useWords()
  const f = useFormat()
  const name = useServerWords()
  const events = useQuery(eventsQuery(status))
  return (
    <Panel title={say('ui.event')}>
      <Asked query={events} rows={2}>
        {({ items }) => {
          const e = items.find((i) => i.id === event)
          return e ? (
            <Facts facts={[
              [say('ui.event.hazard'), name(`ui.hazard.${e.hazard}`)],
              [say('ui.event.began'), f.day(e.began)],
              [say('ui.event.opened'), <><PersonName id={e.by} /> · {f.at(e.opened)}</>],
              [say('ui.event.closed'), e.closed && f.at(e.closed)],
            ]} />
          ) : <RefLink to={{ kind: 'event', id: event }} />
        }}
      </Asked>
    </Panel>
  )
}
