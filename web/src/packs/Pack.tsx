import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import type { Pack as Record } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Columns } from '@/parts/Columns'
import { DataTable, type Column } from '@/parts/DataTable'
import { Facts } from '@/parts/Facts'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { RefLink } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { Tag } from '@/parts/Tag'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useText, useWords } from '@/words/useWords'
import { DryRun } from './DryRun'
import { packQuery } from './queries'
import { Levels, Rules } from './Rules'

/** Pack is one set of rules: their wording in four languages, their figures, their source, and a dry run. */
export default function Pack() {
  const { id = '' } = useParams({ strict: false })
  return <Asked query={useQuery(packQuery(id))} rows={10}>{(p) => <Whole pack={p} />}</Asked>
}

function Whole({ pack }: { pack: Record }) {
  const say = useWords()
  const text = useText()
  return (
    <div className="stack">
      <PageHead kind={<Link to="/packs">{say('ui.nav.packs')}</Link>} title={text(pack.names)}
        tags={pack.active && <Tag tone="good" shape="check">{say('ui.pack.active')}</Tag>}>
        {text(pack.summary)}
      </PageHead>
      <Columns
        main={<><Rules pack={pack} /><Levels pack={pack} /><Inputs pack={pack} /><Templates pack={pack} /></>}
        side={<><DryRun pack={pack} /><About pack={pack} /></>} />
    </div>
  )
}

function Inputs({ pack }: { pack: Record }) {
  const say = useWords()
  const text = useText()
  const columns: Column<Record['inputs'][number]>[] = [
    { key: 'name', head: say('ui.proposal.input'), cell: (i) => text(i.names), main: true },
    { key: 'term', head: say('ui.proposal.term'), cell: (i) => <code>{i.name}</code> },
    { key: 'figure', head: say('ui.figure'), cell: (i) => <RefLink to={{ kind: 'figure', id: i.figure }}><code>{i.figure}</code></RefLink> },
    { key: 'days', head: say('ui.figure.window'), cell: (i) => say('ui.pack.days', { n: i.days }), numeric: true },
  ]
  return (
    <Panel flush title={say('ui.proposal.inputs')}>
      <DataTable label={say('ui.proposal.inputs')} columns={columns} rows={pack.inputs} rowKey={(i) => i.name} />
    </Panel>
  )
}

function Templates({ pack }: { pack: Record }) {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const name = useServerWords()
  type Template = Record['templates'][number]
  const done = ({ completion: c }: Template) => c && (
    <>{name(`figure.${c.figure}.name`)} ≥ {c.of_population ? say('ui.pack.ofPopulation', { share: f.share(c.target) }) : f.number(c.target)}</>
  )
  const columns: Column<Template>[] = [
    { key: 'title', head: say('ui.directives.measure'), cell: (t) => text(t.title), main: true },
    { key: 'levels', head: say('ui.level'), cell: (t) => t.levels.map((l) => say(`ui.level.${l}`)).join(' · ') },
    { key: 'party', head: say('ui.duty.party'), cell: (t) => say(`ui.party.${t.party}`) },
    { key: 'ack', head: say('ui.pack.ack'), cell: (t) => say('ui.pack.hours', { n: t.ack_hours }), numeric: true },
    { key: 'due', head: say('ui.directives.due'), cell: (t) => say('ui.pack.hours', { n: t.due_hours }), numeric: true },
    { key: 'done', head: say('ui.pack.done'), cell: done },
  ]
  return (
    <Panel flush title={say('ui.pack.templates')}>
      <DataTable label={say('ui.pack.templates')} columns={columns} rows={pack.templates} rowKey={(t) => t.id} empty={<EmptyState title={say('ui.issue.none')} />} />
    </Panel>
  )
}

function About({ pack }: { pack: Record }) {
  const say = useWords()
  const f = useFormat()
  return (
    <Panel title={say('ui.pack.source')}>
      <Facts facts={[
        [say('ui.pack.title'), <span key="t" lang="en">{pack.source.title}</span>],
        [say('ui.pack.issuer'), <span key="i" lang="en">{pack.source.issuer}</span>],
        [say('ui.pack.confidence'), say(`ui.confidence.${pack.source.confidence}`)],
        [say('ui.pack.force'), `${f.dayLong(pack.from)} – ${pack.until ? f.dayLong(pack.until) : ''}`],
        [say('ui.pack.unit'), say(`ui.kind.${pack.unit}`)],
        [say('ui.pack.review'), say('ui.pack.days', { n: pack.review_days })],
        [say('ui.pack.expire'), say('ui.pack.days', { n: pack.expire_days })],
        [say('ui.pack.id'), <><code>{pack.id}</code> {say('ui.pack.version', { n: pack.version })}</>],
        [say('ui.pack.digest'), <code key="d">{pack.digest}</code>],
      ]} />
    </Panel>
  )
}
