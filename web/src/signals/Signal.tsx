import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import type { Signal as Record } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Columns } from '@/parts/Columns'
import { Facts } from '@/parts/Facts'
import { Finding, SignalTitle } from '@/parts/InboxList'
import { isWatch, Lapse } from '@/parts/Lapse'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { PersonName } from '@/parts/PersonName'
import { ChainLink, RefLink } from '@/parts/RefLink'
import { EmptyState, Skeleton } from '@/parts/states'
import { BasisNote, SignalTag, StatusTag } from '@/parts/tags'
import { Tag } from '@/parts/Tag'
import { Why } from '@/parts/Why'
import { addDays } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { Findings } from './Findings'
import { Followed } from './Followed'
import { Outcomes } from './Outcomes'
import { signalCurveQuery, signalQuery } from './queries'
import { Triage } from './Triage'

const EpiCurve = lazy(() => import('@/parts/EpiCurve').then((m) => ({ default: m.EpiCurve })))

/** Days shown before a signal's first day and after its last. */
const before = 35
const after = 14

/** Signal is one signal: what was found, in which counts, and what is to be made of it. */
export default function Signal() {
  const { id = '' } = useParams({ strict: false })
  return <Asked query={useQuery(signalQuery(id))} rows={10}>{(s) => <Whole signal={s} />}</Asked>
}

function Whole({ signal: s }: { signal: Record }) {
  const say = useWords()
  const { areaName } = useCity()
  return (
    <div className="stack">
      <PageHead kind={<Link to="/signals">{say('ui.nav.signals')}</Link>}
        title={<><SignalTitle signal={s} /> · {areaName(s.area)}</>}
        tags={<><SignalTag state={s.state} />{s.route === 'ebs' && <Tag tone="special">{say('ui.signal.ebs')}</Tag>}<StatusTag status={s.status} /></>}
        actions={<Triage signal={s} />}>
        <Finding signal={s} />
      </PageHead>
      <Columns
        main={<>
          {isWatch(s.stream) ? <Lapse watch={s.stream} evidence={s.evidence} /> : <>
            {s.route === 'ibs' && <Counts signal={s} />}
            {s.evidence.length > 0 && <Findings evidence={s.evidence} />}
          </>}
          {s.route === 'ebs' && <Notices signal={s} />}
        </>}
        side={<><About signal={s} />{scored(s) && <Outcomes signal={s} />}{s.event && <Followed event={s.event} status={s.status} />}</>} />
    </div>
  )
}

/** Only signals of disease that somebody has judged have an outcome. */
const scored = (s: Record) => (s.state === 'verified' || s.state === 'discarded') && !isWatch(s.stream)

function Counts({ signal: s }: { signal: Record }) {
  const say = useWords()
  const { areaName, streamName } = useCity()
  const f = useFormat()
  const today = f.dayOf(useNow())
  const top = [...s.evidence].sort((a, b) => b.score - a.score)[0]
  const area = top?.area ?? s.area
  const end = addDays(s.last, after)
  const curve = useQuery(signalCurveQuery({ stream: s.stream, area, from: addDays(s.first, -before), to: end < today ? end : today, status: s.status }))
  const label = `${streamName(s.stream)} · ${areaName(area)}`
  return (
    <Panel title={label} note={top && top.basis === 'reconstructed' && <BasisNote basis="reconstructed" />}>
      <Asked query={curve}>
        {(c) => c.points.length
          ? <Suspense fallback={<Skeleton rows={6} />}><EpiCurve label={label} points={c.points} today={today} judgedBy={c.indicator ?? ''} /></Suspense>
          : <EmptyState title={say('ui.signals.noCounts')} />}
      </Asked>
    </Panel>
  )
}

function Notices({ signal: s }: { signal: Record }) {
  const say = useWords()
  const f = useFormat()
  return (
    <Panel title={say('ui.signals.notices')} note={say('ui.signal.noticed', { n: f.number(s.notices.length) })}>
      {s.notice_texts
        ? <div className="stack">{s.notice_texts.map((t, i) => <Why key={s.notices[i] ?? i} text={t} />)}</div>
        : <p className="ink-2">{say('ui.signals.notices.sealed')}</p>}
    </Panel>
  )
}

function About({ signal: s }: { signal: Record }) {
  const say = useWords()
  const f = useFormat()
  const { path, area, areaName } = useCity()
  const names = path(s.area).map((a) => areaName(a.code)).join(' › ')
  return (
    <Panel title={say('ui.about')}>
      <Facts facts={[
        [say('ui.figure.area'), area(s.area) ? <RefLink to={{ kind: 'area', id: s.area }}>{names}</RefLink> : s.area],
        [say('ui.signals.days'), s.first === s.last ? f.day(s.last) : `${f.day(s.first)} – ${f.day(s.last)}`],
        [say('ui.signal.rank'), f.number(s.rank, 1)],
        [say('ui.signals.route'), say(`ui.signals.route.${s.route}`)],
        [say('ui.signals.raised'), f.at(s.raised)],
        [say('ui.signals.inbox'), `${f.day(s.day)}${s.shown ? '' : ` · ${say('ui.signals.beyond')}`}`],
        [say('ui.signals.wakes'), s.snooze && f.day(s.snooze.until)],
        [say('ui.signals.triaged'), s.by && <><PersonName id={s.by} /> · {f.at(s.changed)}</>],
        [say('ui.chain'), <ChainLink key="c" of={{ kind: 'signal', id: s.id }} />],
      ]} />
    </Panel>
  )
}
