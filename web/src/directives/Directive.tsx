import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { usePeople } from '@/api/people'
import { useNow } from '@/api/queries'
import type { Directive as Record } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Columns } from '@/parts/Columns'
import { Facts } from '@/parts/Facts'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { ChainLink, RefLink } from '@/parts/RefLink'
import { DirectiveTag, OverdueTag, StatusTag } from '@/parts/tags'
import { Tag } from '@/parts/Tag'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { Completion } from './Completion'
import { History } from './History'
import { directiveQuery } from './queries'
import { Moves } from './Moves'
import { Steps } from './Steps'

/** Directive is one order: how far it got, who answers for it, and what was done. */
export default function Directive() {
  const { id = '' } = useParams({ strict: false })
  return <Asked query={useQuery(directiveQuery(id))} rows={10}>{(d) => <Whole directive={d} />}</Asked>
}

const ended = (d: Record) => d.state === 'closed' || d.state === 'withdrawn'

function Whole({ directive: d }: { directive: Record }) {
  const say = useWords()
  const text = useText()
  const { areaName } = useCity()
  return (
    <div className="stack">
      <PageHead kind={<Link to="/directives">{say('ui.nav.directives')}</Link>} title={text(d.title)}
        tags={<>
          <DirectiveTag state={d.state} />
          {d.overdue && !ended(d) && <OverdueTag />}
          {d.escalated && !ended(d) && <Tag tone="warn" shape="arrow">{say('ui.directives.escalated')}</Tag>}
          {d.exception && <Tag tone="special">{say('ui.directives.exception')}</Tag>}
          <StatusTag status={d.status} />
        </>}
        actions={<Moves directive={d} />}>
        {areaName(d.area)} · <ChainLink of={{ kind: 'directive', id: d.id }} />
      </PageHead>
      <Steps state={d.state} />
      <Columns
        main={<>{d.completion && <Completion directive={d} completion={d.completion} />}<History directive={d} /></>}
        side={<><Answering directive={d} /><About directive={d} /></>} />
    </div>
  )
}

function Answering({ directive: d }: { directive: Record }) {
  const say = useWords()
  const f = useFormat()
  const now = useNow()
  const person = usePeople()
  const { postName } = useCity()
  const at = (instant: string) => <>{f.at(instant)} <span className="ink-3">({f.ago(instant, now)})</span></>
  return (
    <Panel title={say('ui.directives.answering')}>
      <Facts facts={[
        [say('ui.directives.addressee'), postName(d.addressee)],
        [say('ui.directives.held'), d.held !== d.addressee && <b>{postName(d.held)}</b>],
        [say('ui.directives.holder'), d.holder ? <b>{person(d.holder)}</b> : <Tag tone="bad" shape="cross">{say('ui.duty.nobody')}</Tag>],
        [say('ui.directives.ackBy'), d.state === 'issued' && at(d.ack_by)],
        [say('ui.directives.due'), at(d.due)],
        [say('ui.directives.reminded'), d.reminded && f.at(d.reminded)],
        [say('ui.directives.overdueSince'), d.overdue && f.at(d.overdue)],
        [say('ui.directives.escalatedAt'), d.escalated && f.at(d.escalated)],
      ]} />
    </Panel>
  )
}

function About({ directive: d }: { directive: Record }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <Panel title={say('ui.about')}>
      <Facts facts={[
        [say('ui.figure.area'), <RefLink key="a" to={{ kind: 'area', id: d.area }}>{areaName(d.area)}</RefLink>],
        [say('ui.directives.issued'), f.at(d.issued)],
        [say('ui.directives.authority'), d.authority],
        [say('ui.proposal.pack'), <><RefLink to={{ kind: 'pack', id: d.pack.id }}>{d.pack.id}</RefLink> {say('ui.pack.version', { n: d.pack.version })}</>],
        [say('ui.directives.template'), <code key="t">{d.template}</code>],
        [say('ui.proposal'), d.proposal && <RefLink to={{ kind: 'proposal', id: d.proposal }} />],
        [say('ui.event'), <RefLink key="e" to={{ kind: 'event', id: d.event }} />],
      ]} />
    </Panel>
  )
}
