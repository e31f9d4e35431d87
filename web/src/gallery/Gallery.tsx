import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { lazy, Suspense, useState } from 'react'
import { useCity } from '@/api/city'
import { Problem } from '@/api/problem'
import { ClockBar } from '@/parts/ClockBar'
import { DataTable } from '@/parts/DataTable'
import { FigureValue } from '@/parts/FigureValue'
import { InboxList } from '@/parts/InboxList'
import { AreaSelect } from '@/parts/AreaSelect'
import { DateTime } from '@/parts/DateTime'
import { Facts } from '@/parts/Facts'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Progress } from '@/parts/Progress'
import { Why } from '@/parts/Why'
import { Panel } from '@/parts/Panel'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { EmptyState, ErrorState, Skeleton } from '@/parts/states'
import { Tag, type Tone } from '@/parts/Tag'
import { BasisNote, DirectiveTag, LevelTag, OverdueTag, ProposalTag, SignalTag, StatusTag } from '@/parts/tags'
import { TileMap } from '@/parts/TileMap'
import { Timeline } from '@/parts/Timeline'
import { directiveLook, levelLook, proposalLook, signalLook } from '@/parts/tones'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { answers, curve, moments, signals, tiles } from './samples'
import css from './Gallery.module.css'

const EpiCurve = lazy(() => import('@/parts/EpiCurve').then((m) => ({ default: m.EpiCurve })))
const keys = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as K[]

/** Gallery shows every part in its states, so that later pages compose and do not invent. */
export default function Gallery() {
  const say = useWords()
  return (
    <div className="stack">
      <h1>{say('ui.nav.components')}</h1>
      <p className="ink-2">{say('ui.gallery.intro')}</p>
      <div className={css.grid}>
        <Type /><Tones /><Tags /><Figures /><Curve /><Map /><Table /><Lines /><Inbox /><Dialog /><States /><Clocks /><Records />
      </div>
    </div>
  )
}

function Type() {
  const say = useWords()
  const f = useFormat()
  return (
    <Panel title={say('ui.gallery.type')}>
      <h1>{f.number(1_234_567)}</h1><h2>{f.number(98_765.4)}</h2><h3>{f.share(0.1234)}</h3>
      <p>{f.day('2020-07-22')} · {f.at('2020-07-22T13:00:00Z')} · {f.ago('2020-07-22T10:00:00Z', '2020-07-22T13:00:00Z')}</p>
      <p className="ink-2">0123456789 · 1111111111</p><p className="ink-3 mono">019f3c2a</p>
    </Panel>
  )
}

function Tones() {
  const say = useWords()
  const tones: Tone[] = ['neutral', 'info', 'good', 'warn', 'bad', 'special']
  return <Panel title={say('ui.gallery.tones')}><div className="row">{tones.map((t) => <Tag key={t} tone={t}>{t}</Tag>)}</div></Panel>
}

function Tags() {
  const say = useWords()
  return (
    <Panel title={say('ui.gallery.tags')}>
      <div className="stack">
        <div className="row">{keys(levelLook).map((l) => <LevelTag key={l} level={l} />)}</div>
        <div className="row">{keys(signalLook).map((s) => <SignalTag key={s} state={s} />)}</div>
        <div className="row">{keys(proposalLook).map((s) => <ProposalTag key={s} state={s} />)}</div>
        <div className="row">{keys(directiveLook).map((s) => <DirectiveTag key={s} state={s} />)}</div>
        <div className="row"><OverdueTag /><StatusTag status="exercise" /><StatusTag status="test" /><BasisNote basis="stated" /><BasisNote basis="reconstructed" /></div>
      </div>
    </Panel>
  )
}

function Figures() {
  const say = useWords()
  const { city } = useCity()
  return (
    <Panel title={say('ui.gallery.figures')} flush>
      <div className={css.figures}>{answers(city.root).map((a) => <FigureValue key={a.figure} answer={a} />)}</div>
    </Panel>
  )
}

function Curve() {
  const say = useWords()
  return (
    <Panel title={say('ui.gallery.curve')}>
      <Suspense fallback={<Skeleton />}><EpiCurve label={say('ui.gallery.curve')} points={curve} today="2020-07-21" /></Suspense>
    </Panel>
  )
}

function Map() {
  const say = useWords()
  const [on, setOn] = useState('B')
  return <Panel title={say('ui.gallery.map')}><TileMap label={say('ui.gallery.map')} areas={tiles} selected={on} onSelect={setOn} /></Panel>
}

function Table() {
  const say = useWords()
  const f = useFormat()
  const [on, setOn] = useState<string>()
  return (
    <Panel title={say('ui.gallery.table')} flush>
      <DataTable label={say('ui.gallery.table')} rows={curve.slice(-4)} rowKey={(p) => p.day} open={(p) => setOn(p.day)} selected={on}
        more={{ load: () => setOn(undefined), loading: false }}
        columns={[
          { key: 'day', head: say('ui.day'), cell: (p) => f.day(p.day), main: true },
          { key: 'n', head: say('ui.curve.count'), cell: (p) => f.number(p.count ?? 0), numeric: true },
          { key: 'b', head: say('ui.curve.bound'), cell: (p) => f.number(p.bound ?? 0), numeric: true, wide: true },
        ]} />
      <EmptyState title={say('ui.gallery.nothing')} />
    </Panel>
  )
}

function Lines() {
  const say = useWords()
  const { city } = useCity()
  return <Panel title={say('ui.gallery.timeline')} flush><Timeline items={moments(city.root)} /></Panel>
}

function Inbox() {
  const say = useWords()
  const { city } = useCity()
  return <Panel title={say('ui.gallery.inbox')} flush><InboxList signals={signals(city.root)} /></Panel>
}

function Dialog() {
  const say = useWords()
  const [opened, { open, close }] = useDisclosure()
  return (
    <Panel title={say('ui.gallery.dialog')}>
      <Button onClick={open}>{say('ui.gallery.open')}</Button>
      <ReasonDialog opened={opened} onClose={close} title={say('ui.gallery.dialog')} confirm={say('ui.save')}
        act={{ mutate: close, isPending: false, error: null }} />
    </Panel>
  )
}

function States() {
  const say = useWords()
  const refused = new Problem('invalid', 'the file has rows that cannot be taken in', [
    { line: 3, column: 2, field: 'count', problem: 'must not be negative' },
  ])
  return (
    <Panel title={say('ui.gallery.states')} flush>
      <EmptyState title={say('ui.gallery.nothing')} /><Skeleton rows={3} /><ErrorState error={refused} retry={() => undefined} />
      <ErrorState error={new Problem('unreachable', '')} />
    </Panel>
  )
}

function Clocks() {
  const say = useWords()
  const clock = { mode: 'replay' as const, now: '2020-07-22T01:00:00Z', day: '2020-07-22', until: '2020-08-15T00:00:00Z' }
  return (
    <Panel title={say('ui.gallery.clock')} flush>
      <ClockBar clock={{ ...clock, speed: 0 }} mayRun busy={false} run={() => undefined} />
      <ClockBar clock={{ ...clock, speed: 21_600 }} mayRun busy={false} run={() => undefined} />
      <ClockBar clock={{ ...clock, speed: 0, now: clock.until }} mayRun={false} busy={false} run={() => undefined} />
    </Panel>
  )
}

function Records() {
  const say = useWords()
  const { city } = useCity()
  const [area, setArea] = useState(city.root)
  const [at, setAt] = useState('2020-07-22T13:00:00Z')
  return (
    <Panel title={say('ui.gallery.records')}>
      <div className="stack">
        <PageHead kind={say('ui.nav.components')} title={say('ui.gallery.records')} tags={<SignalTag state="raised" />} actions={<Button>{say('ui.save')}</Button>} />
        <Filters label={say('ui.filters')}>
          <AreaSelect size="xs" label={say('ui.figure.area')} value={area} onChange={setArea} />
          <DateTime label={say('ui.figure.asOf')} value={at} onChange={setAt} />
        </Filters>
        <Facts facts={[[say('ui.day'), '2020-07-22'], [say('ui.completion'), <Progress key="p" value={60} target={100} />]]} />
        <Why text={say('ui.why.hint')} />
      </div>
    </Panel>
  )
}
