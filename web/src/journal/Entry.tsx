import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { usePeople } from '@/api/people'
import type { Entry as Record, Ref } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Columns } from '@/parts/Columns'
import { DataTable, type Column } from '@/parts/DataTable'
import { Facts } from '@/parts/Facts'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { RefLink } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { Tag } from '@/parts/Tag'
import { Why } from '@/parts/Why'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import { entryQuery } from './queries'

/** Entry is one act: who, what, when, why, upon what it rests, what it wrote, and its place in the chain. */
export default function Entry() {
  const { id = '' } = useParams({ strict: false })
  return <Asked query={useQuery(entryQuery(id))} rows={10}>{(e) => <Whole entry={e} />}</Asked>
}

function Whole({ entry: e }: { entry: Record }) {
  const say = useWords()
  const f = useFormat()
  const person = usePeople()
  const actName = useServerWords()
  return (
    <div className="stack">
      <PageHead kind={<Link to="/journal">{say('ui.nav.journal')}</Link>} title={actName(`ui.act.${e.act}`)}>{person(e.actor)} · {f.at(e.at)}</PageHead>
      <Columns
        main={<>
          <Panel title={say('ui.why.label')}>{e.why ? <Why text={e.why} /> : <p className="ink-2">{say('ui.journal.noWhy')}</p>}</Panel>
          <Written touches={e.touches} />
          <Panel title={say('ui.journal.because')}>
            {e.because.length ? <Refs refs={e.because} /> : <p className="ink-2">{say('ui.journal.nothingBefore')}</p>}
          </Panel>
        </>}
        side={<><About entry={e} /><Chained entry={e} /></>} />
    </div>
  )
}

const Refs = ({ refs }: { refs: Ref[] }) => <div className="row">{refs.map((r) => <RefLink key={`${r.kind}/${r.id}`} to={r} />)}</div>

function Written({ touches }: { touches: Record['touches'] }) {
  const say = useWords()
  const columns: Column<Record['touches'][number]>[] = [
    { key: 'ref', head: say('ui.journal.record'), cell: (t) => <RefLink to={t.ref} />, main: true },
    { key: 'digest', head: say('ui.journal.digest'), cell: (t) => <code style={{ overflowWrap: 'anywhere' }}>{t.digest}</code> },
  ]
  return (
    <Panel flush title={say('ui.journal.touches')}>
      <DataTable label={say('ui.journal.touches')} columns={columns} rows={touches} rowKey={(t) => `${t.ref.kind}/${t.ref.id}`} empty={<EmptyState title={say('ui.journal.touches.none')} />} />
    </Panel>
  )
}

function About({ entry: e }: { entry: Record }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <Panel title={say('ui.about')}>
      <Facts facts={[
        [say('ui.journal.subject'), <RefLink key="s" to={e.subject} />],
        [say('ui.figure.area'), e.area && areaName(e.area)],
        [say('ui.journal.at'), `${f.at(e.at)}`],
        [say('ui.journal.act'), <code key="a">{e.act}</code>],
        [say('ui.journal.id'), <code key="i">{e.id}</code>],
      ]} />
    </Panel>
  )
}

function Chained({ entry: e }: { entry: Record }) {
  const say = useWords()
  const f = useFormat()
  return (
    <Panel title={say('ui.journal.link')} note={e.link ? <Tag tone="good" shape="check">{say('ui.journal.linked')}</Tag> : <Tag tone="warn" shape="clock">{say('ui.journal.unlinked')}</Tag>}>
      <Facts facts={[
        [say('ui.journal.seq'), e.link && f.number(e.link.seq)],
        [say('ui.journal.hash'), <code key="h">{e.hash}</code>],
        [say('ui.journal.head'), e.link && <code>{e.link.head}</code>],
      ]} />
    </Panel>
  )
}
