import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { usePeople } from '@/api/people'
import type { Step } from '@/api/types'
import { EntryList } from '@/journal/EntryList'
import { Asked } from '@/parts/Asked'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { RefLink, shortID } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { Why } from '@/parts/Why'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import css from './Chain.module.css'
import { Evidence } from './Evidence'
import { Line } from './Line'
import { chainQuery, type ChainKind } from './queries'
import { useSaid } from './useSaid'

/** Kinds of records that have a page of their own. */
const paged = ['directive', 'proposal', 'signal']

/** Chain walks from a record back to the counts under it: one line first, then each step with its evidence. */
export default function Chain() {
  const say = useWords()
  const { kind = '', id = '' } = useParams({ strict: false })
  return (
    <div className="stack">
      <PageHead title={say('ui.chain')} tags={<code className="ink-3">{kind}/{shortID(id)}</code>}>{say('ui.chain.text')}</PageHead>
      <Asked query={useQuery(chainQuery(kind as ChainKind, id))} rows={10}>
        {({ steps }) => steps.length ? <Steps steps={steps} /> : <EmptyState title={say('ui.chain.none')} />}
      </Asked>
    </div>
  )
}

function Steps({ steps }: { steps: Step[] }) {
  return (
    <>
      <Line steps={steps} />
      <ol className={css.steps}>
        {steps.map((s, i) => <li key={`${s.ref.kind}/${s.ref.id}`} id={`step-${i}`}><One step={s} at={i + 1} /></li>)}
      </ol>
    </>
  )
}

function One({ step: s, at }: { step: Step; at: number }) {
  const say = useWords()
  const f = useFormat()
  const person = usePeople()
  const act = useServerWords()
  const said = useSaid()
  const own = paged.includes(s.ref.kind)
  return (
    <Panel flush title={<><span className={css.number}>{at}</span> {say(`ui.kind.${s.ref.kind}` as 'ui.kind.directive')}</>}
      note={s.actor ? `${person(s.actor)} · ${s.act ? act(`ui.act.${s.act}`) : ''} · ${f.at(s.at)}` : f.at(s.at)}
      tools={own && <RefLink to={s.ref}>{say('ui.chain.record')}</RefLink>}>
      <div className={css.body}>
        <p className={css.said}>{said(s)}</p>
        <Why text={s.why} by={s.actor && person(s.actor)} />
      </div>
      <Evidence record={s.record} />
      {s.entries.length > 0 && (
        <details className={css.entries}>
          <summary>{say('ui.chain.entries', { n: f.number(s.entries.length) })}</summary>
          <EntryList entries={s.entries} />
        </details>
      )}
    </Panel>
  )
}
