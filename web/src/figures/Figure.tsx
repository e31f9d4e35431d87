import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import type { Answer, Figure as Declaration } from '@/api/types'
import { AreaSelect } from '@/parts/AreaSelect'
import { Asked } from '@/parts/Asked'
import { Columns } from '@/parts/Columns'
import { DateTime } from '@/parts/DateTime'
import { Facts } from '@/parts/Facts'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { RefLink } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { BasisNote } from '@/parts/tags'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { addDays, noValue } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import css from './Figure.module.css'
import { answerQuery, figuresQuery } from './queries'

/** The window that is asked for unless another is chosen, in days. */
const usualDays = 14

/** Figure asks one figure for an area, a window and an as-of time, and explains the answer. */
export default function Figure() {
  const say = useWords()
  const { name = '' } = useParams({ strict: false })
  return (
    <Asked query={useQuery(figuresQuery)}>
      {({ items }) => {
        const declared = items.find((f) => f.name === name)
        return declared ? <Whole figure={declared} /> : <EmptyState title={say('ui.figures.unknown', { name })} />
      }}
    </Asked>
  )
}

function Whole({ figure }: { figure: Declaration }) {
  const say = useWords()
  const name = useServerWords()
  const f = useFormat()
  const status = useStatus()
  const today = f.dayOf(useNow())
  const { city } = useCity()
  const [{ area = city.root, to = today, from = addDays(to, 1 - usualDays), as_of, argument }] = useAddress()
  const window = figure.windowed ? { from, to } : {}
  const asked = useQuery(answerQuery(figure.name, { status, area, ...window, as_of, argument }))
  return (
    <div className="stack">
      <PageHead kind={<Link to="/figures">{say('ui.nav.figures')}</Link>} title={name(`figure.${figure.name}.name`)} tags={<code className="ink-3">{figure.name}</code>}>
        {name(figure.method)}
      </PageHead>
      <Question figure={figure} area={area} from={from} to={to} />
      <Asked query={asked}>{(a) => <Columns main={<Sources answer={a} />} side={<Explained answer={a} figure={figure} />} />}</Asked>
    </div>
  )
}

function Question({ figure, area, from, to }: { figure: Declaration; area: string; from: string; to: string }) {
  const say = useWords()
  const now = useNow()
  const [choices, change] = useAddress()
  return (
    <Filters label={say('ui.figures.ask')}>
      <AreaSelect size="xs" label={say('ui.figure.area')} value={area} onChange={(a) => change({ area: a })} />
      {figure.windowed && (
        <>
          <TextInput size="xs" type="date" label={say('ui.figures.from')} value={from} max={to} onChange={(e) => change({ from: e.currentTarget.value, to })} />
          <TextInput size="xs" type="date" label={say('ui.figures.to')} value={to} min={from} onChange={(e) => change({ from, to: e.currentTarget.value })} />
        </>
      )}
      <DateTime label={say('ui.figure.asOf')} value={choices.as_of ?? now} onChange={(t) => change({ as_of: t })} />
      {figure.argument && (
        <TextInput size="xs" label={figure.argument} value={choices.argument ?? ''} onChange={(e) => change({ argument: e.currentTarget.value })} />
      )}
    </Filters>
  )
}

function Explained({ answer: a, figure }: { answer: Answer; figure: Declaration }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <Panel title={say('ui.figures.answer')} note={a.reconstructed && <BasisNote basis="reconstructed" />}>
      <p className={css.value} data-absent={a.absent ? '' : undefined}>
        {a.absent ? noValue : f.value(a.value, a.unit)} {a.unit !== 'share' && <span className={css.unit}>{say(`ui.unit.${a.unit}`)}</span>}
      </p>
      {a.absent && <p className="ink-2" lang="en">{a.absent}</p>}
      <Facts facts={[
        [say('ui.figure.area'), areaName(a.area)],
        [say('ui.figure.window'), figure.windowed && (a.from === a.to ? f.day(a.to) : `${f.day(a.from)} – ${f.day(a.to)}`)],
        [say('ui.figure.asOf'), f.at(a.as_of)],
        [say('ui.figure.numerator'), a.numerator !== undefined && f.number(a.numerator)],
        [say('ui.figure.denominator'), a.denominator !== undefined && f.number(a.denominator)],
        [say('ui.figure.rows'), f.number(a.source_count)],
        [say('ui.figures.least'), figure.least > 0 && f.number(figure.least)],
      ]} />
    </Panel>
  )
}

function Sources({ answer: a }: { answer: Answer }) {
  const say = useWords()
  const f = useFormat()
  const kinds = [...new Set(a.sources.map((r) => r.kind))]
  return (
    <Panel title={say('ui.figures.sources')} note={a.sources.length < a.source_count
      ? say('ui.figures.newest', { n: f.number(a.sources.length), all: f.number(a.source_count) })
      : f.number(a.source_count)}>
      {kinds.length === 0
        ? <EmptyState title={say('ui.figures.noSources')} />
        : kinds.map((kind) => (
          <div key={kind} className={css.kind}>
            <h3>{say(`ui.kind.${kind}` as 'ui.kind.batch')}</h3>
            <ul className={css.refs}>{a.sources.filter((r) => r.kind === kind).map((r) => <li key={r.id}><RefLink to={r} /></li>)}</ul>
          </div>
        ))}
    </Panel>
  )
}
