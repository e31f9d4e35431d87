import { TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import type { Score, Scoreboard } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { DataTable, type Column } from '@/parts/DataTable'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { ShareBar } from '@/parts/ShareBar'
import { EmptyState } from '@/parts/states'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { addDays, noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import { MissedList } from './MissedList'
import { scoreboardQuery } from './queries'
import css from './Scores.module.css'

/** A season and the one before it. */
const usualDays = 365

/** Scores shows how well signals announced outbreaks: in all, by indicator, by detector. */
export default function Scores() {
  const say = useWords()
  const f = useFormat()
  const status = useStatus()
  const today = f.dayOf(useNow())
  const [choices, change] = useAddress()
  const to = choices.to ?? today
  const asked = { status, to, from: choices.from ?? addDays(to, 1 - usualDays) }
  const board = useQuery({ ...scoreboardQuery(asked), placeholderData: keepPreviousData })
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.scores')}>{say('ui.scores.text')}</PageHead>
      <Filters label={say('ui.scores.window')}>
        <TextInput size="xs" type="date" label={say('ui.scores.from')} value={asked.from} max={asked.to} onChange={(e) => e.currentTarget.value && change({ from: e.currentTarget.value })} />
        <TextInput size="xs" type="date" label={say('ui.scores.to')} value={asked.to} max={today} onChange={(e) => e.currentTarget.value && change({ to: e.currentTarget.value })} />
      </Filters>
      <Asked query={board} rows={8}>{(b) => <><Board board={b} /><MissedList asked={asked} /></>}</Asked>
    </div>
  )
}

function Board({ board: b }: { board: Scoreboard }) {
  const say = useWords()
  const { indicatorName } = useCity()
  const detector = useServerWords()
  if (b.all.signals === 0 && b.missed === 0) {
    return <Panel title={say('ui.scores.all')}><EmptyState title={say('ui.scores.none')}>{say('ui.scores.none.why')}</EmptyState></Panel>
  }
  const named = (of: (name: string) => string) => (name: string) => (name === 'notice' ? say('ui.scores.notice') : of(name))
  return (
    <>
      <Totals all={b.all} />
      <Panel flush title={say('ui.scores.indicators')}>
        <Lines label={say('ui.scores.indicators')} head={say('ui.scores.indicator')} lines={b.indicators} name={named(indicatorName)} />
      </Panel>
      <Panel flush title={say('ui.scores.detectors')}>
        <Lines label={say('ui.scores.detectors')} head={say('ui.scores.detector')} lines={b.detectors} name={named((n) => detector(`ui.detector.${n}`))} />
      </Panel>
    </>
  )
}

function Totals({ all }: { all: Score }) {
  const say = useWords()
  const f = useFormat()
  return (
    <Panel title={say('ui.scores.all')}>
      <dl className={css.totals}>
        <div><dt>{say('ui.scores.precision')}</dt><dd><ShareBar label={say('ui.scores.precision')} n={all.precision.count} of={all.precision.of} /><p className="ink-3">{say('ui.scores.precision.why')}</p></dd></div>
        <div><dt>{say('ui.scores.recall')}</dt><dd><ShareBar label={say('ui.scores.recall')} n={all.recall.count} of={all.recall.of} /><p className="ink-3">{say('ui.scores.recall.why')}</p></dd></div>
        <div><dt>{say('ui.scores.delay')}</dt><dd><b className={css.number}>{all.delay === undefined ? noValue : f.number(all.delay, 1)}</b><p className="ink-3">{say('ui.scores.delay.why')}</p></dd></div>
        <div><dt>{say('ui.scores.signals')}</dt><dd><b className={css.number}>{f.number(all.signals)}</b><p className="ink-3">{say('ui.scores.undecided')}: {f.number(all.undecided)}</p></dd></div>
      </dl>
    </Panel>
  )
}

function Lines({ label, head, lines, name }: { label: string; head: string; lines: Score[]; name: (name: string) => string }) {
  const say = useWords()
  const f = useFormat()
  const columns: Column<Score>[] = [
    { key: 'name', head, cell: (l) => name(l.name), main: true },
    { key: 'signals', head: say('ui.scores.signals'), cell: (l) => f.number(l.signals), numeric: true },
    { key: 'undecided', head: say('ui.scores.undecided'), cell: (l) => f.number(l.undecided), numeric: true },
    { key: 'precision', head: say('ui.scores.precision'), cell: (l) => <ShareBar label={say('ui.scores.precision')} n={l.precision.count} of={l.precision.of} />, width: '22%' },
    { key: 'recall', head: say('ui.scores.recall'), cell: (l) => <ShareBar label={say('ui.scores.recall')} n={l.recall.count} of={l.recall.of} />, width: '22%' },
    { key: 'delay', head: say('ui.scores.delay'), cell: (l) => (l.delay === undefined ? noValue : f.number(l.delay, 1)), numeric: true },
  ]
  return <DataTable label={label} columns={columns} rows={lines} rowKey={(l) => l.name} empty={<EmptyState title={say('ui.scores.none')} />} />
}
