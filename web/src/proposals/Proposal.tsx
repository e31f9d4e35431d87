import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { useCan } from '@/api/queries'
import type { Proposal as Record } from '@/api/types'
import { packQuery } from '@/packs/queries'
import { Asked } from '@/parts/Asked'
import { Columns } from '@/parts/Columns'
import { DirectiveLine } from '@/parts/DirectiveLine'
import { Facts } from '@/parts/Facts'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { ChainLink, RefLink } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { ProposalTag, StatusTag } from '@/parts/tags'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { Decide } from './Decide'
import { Decision } from './Decision'
import { Inputs } from './Inputs'
import { LevelStep } from './LevelStep'
import { directivesOfEventQuery, proposalQuery } from './queries'

/** Proposal is one proposal: the rule, its figures, what was decided and what was ordered. */
export default function Proposal() {
  const { id = '' } = useParams({ strict: false })
  return <Asked query={useQuery(proposalQuery(id))} rows={10}>{(p) => <Whole proposal={p} />}</Asked>
}

function Whole({ proposal: p }: { proposal: Record }) {
  const say = useWords()
  const { areaName } = useCity()
  return (
    <div className="stack">
      <PageHead kind={<Link to="/proposals">{say('ui.nav.proposals')}</Link>} title={areaName(p.area)}
        tags={<><LevelStep from={p.current} to={p.level} /><ProposalTag state={p.state} /><StatusTag status={p.status} /></>}
        actions={<Decide proposal={p} />} />
      <Columns
        main={<><Rule proposal={p} /><Inputs proposal={p} /><Decision proposal={p} /><Ordered proposal={p} /></>}
        side={<About proposal={p} />} />
    </div>
  )
}

function Rule({ proposal: p }: { proposal: Record }) {
  const say = useWords()
  const text = useText()
  const { data: pack } = useQuery(packQuery(p.pack.id))
  const rule = pack?.rules.find((r) => r.id === p.rule)
  const wording = p.wording ?? rule?.wording
  return (
    <Panel title={say('ui.proposal.rule')} note={<RefLink to={{ kind: 'pack', id: p.pack.id }}>{pack ? text(pack.names) : p.pack.id}</RefLink>}>
      <div className="stack" style={{ gap: 6 }}>
        {wording && <p style={{ fontSize: 'var(--bw-text-l)' }}>{text(wording)}</p>}
        {rule && <p className="ink-3"><code>{rule.when}</code></p>}
        {p.level === 'judgement' && <p className="ink-2">{say('ui.proposal.judgement')}</p>}
      </div>
    </Panel>
  )
}

function Ordered({ proposal: p }: { proposal: Record }) {
  const say = useWords()
  const can = useCan()
  const under = useQuery(directivesOfEventQuery(p.event, p.status))
  const decided = p.state === 'accepted' || p.state === 'overridden'
  return (
    <Panel flush title={say('ui.proposal.directives')} tools={decided && can('directive.issue') && (
      <Button component={Link} to={`/proposals/${p.id}/issue`}>{say('ui.directives.issue')}</Button>
    )}>
      <Asked query={under} rows={2}>
        {({ items }) => {
          const mine = items.filter((d) => d.proposal === p.id)
          return mine.length
            ? mine.map((d) => <DirectiveLine key={d.id} directive={d} />)
            : <EmptyState title={say('ui.proposal.directives.none')}>{!decided && say('ui.proposal.directives.first')}</EmptyState>
        }}
      </Asked>
    </Panel>
  )
}

function About({ proposal: p }: { proposal: Record }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <Panel title={say('ui.about')}>
      <Facts facts={[
        [say('ui.figure.area'), <RefLink key="a" to={{ kind: 'area', id: p.area }}>{areaName(p.area)}</RefLink>],
        [say('ui.proposal.day'), f.day(p.day)],
        [say('ui.proposal.made'), f.at(p.made)],
        [say('ui.event'), <RefLink key="e" to={{ kind: 'event', id: p.event }} />],
        [say('ui.proposal.pack'), <><RefLink to={{ kind: 'pack', id: p.pack.id }}>{p.pack.id}</RefLink> {say('ui.pack.version', { n: p.pack.version })}</>],
        [say('ui.pack.digest'), <code key="d" title={p.pack.digest}>{p.pack.digest.slice(0, 12)}</code>],
        [say('ui.chain'), <ChainLink key="c" of={{ kind: 'proposal', id: p.id }} />],
      ]} />
    </Panel>
  )
}
