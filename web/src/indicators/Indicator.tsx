import { NativeSelect, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import type { Indicator as Asked_, RaisedBy, Verdicts } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Columns } from '@/parts/Columns'
import { Facts } from '@/parts/Facts'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { pathOf } from '@/parts/RefLink'
import { EmptyState } from '@/parts/states'
import { BasisNote, SignalTag } from '@/parts/tags'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { addDays } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useStratumName } from '@/words/useStratumName'
import { useText, useWords } from '@/words/useWords'
import { Asks } from './Asks'
import { Days } from './Days'
import { verdictsQuery } from './queries'
import { VerdictChart } from './VerdictChart'
import css from './Indicators.module.css'

/** Windows that are offered, in days, of a stream counted by the day and of one counted by the week. */
const spans: Record<number, number[]> = { 1: [28, 60, 120, 365], 7: [182, 365, 728, 1092] }

/** Indicator is one standing question: an area's counts with its verdict of each day, as it was given. */
export default function Indicator() {
  const say = useWords()
  const { id = '' } = useParams({ strict: false })
  const { city } = useCity()
  const indicator = city.indicators.find((i) => i.id === id)
  if (indicator) return <Whole key={id} indicator={indicator} />
  return <><PageHead kind={<Link to="/indicators">{say('ui.nav.indicators')}</Link>} title={id} /><EmptyState title={say('ui.missing')} /></>
}

function Whole({ indicator: i }: { indicator: Asked_ }) {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const { city, streamName } = useCity()
  const today = f.dayOf(useNow())
  const status = useStatus()
  const [choices] = useAddress()
  const offered = spans[i.every] ?? [60]
  const days = offered.find((n) => String(n) === choices.days) ?? offered[1] ?? 60
  const to = choices.day ?? today
  const area = choices.area ?? city.areas.find((a) => i.areas.includes(a.kind))?.code ?? city.root
  const stratum = i.strata.find((s) => s === choices.stratum) ?? i.strata[0] ?? ''
  const verdicts = useQuery({ ...verdictsQuery(i.id, { status, area, stratum: stratum || undefined, from: addDays(to, 1 - days), to }), placeholderData: keepPreviousData })
  return (
    <div className="stack">
      <PageHead kind={<Link to="/indicators">{say('ui.nav.indicators')}</Link>} title={text(i.names)} tags={<code className="ink-3">{i.id}</code>}>
        {streamName(i.stream)} · {say('ui.indicators.asKnown')}
      </PageHead>
      <Choices indicator={i} area={area} stratum={stratum} day={to} days={days} today={today} />
      <Asked query={verdicts} rows={10}>{(v) => <Columns main={<Series verdicts={v} today={today} />} side={<><Raised signals={v.signals} /><About indicator={v.indicator} /></>} />}</Asked>
    </div>
  )
}

function Choices({ indicator: i, area, stratum, day, days, today }: { indicator: Asked_; area: string; stratum: string; day: string; days: number; today: string }) {
  const say = useWords()
  const { city, areaName, path } = useCity()
  const [, change] = useAddress()
  const stratumName = useStratumName()
  const areas = city.areas.filter((a) => i.areas.includes(a.kind))
  return (
    <Filters label={say('ui.indicators.ask')}>
      <NativeSelect size="xs" label={say('ui.figure.area')} value={area} onChange={(e) => change({ area: e.currentTarget.value })}
        data={inOrder(areas, path).map((a) => ({ value: a.code, label: `${'\u2003'.repeat(path(a.code).length - 1)}${areaName(a.code)}` }))} />
      {i.strata.length > 1 && (
        <NativeSelect size="xs" label={say('ui.indicators.stratum')} value={stratum} onChange={(e) => change({ stratum: e.currentTarget.value })}
          data={i.strata.map((s) => ({ value: s, label: stratumName(s) }))} />
      )}
      <TextInput size="xs" type="date" label={say('ui.indicators.last')} value={day} max={today} onChange={(e) => change({ day: e.currentTarget.value })} />
      <NativeSelect size="xs" label={say('ui.clusters.days')} value={String(days)} onChange={(e) => change({ days: e.currentTarget.value })}
        data={(spans[i.every] ?? []).map((n) => ({ value: String(n), label: say('ui.clusters.nDays', { n }) }))} />
    </Filters>
  )
}

/** inOrder puts areas beneath those that they lie in. */
function inOrder<A extends { code: string }>(areas: A[], path: (code: string) => { code: string }[]): A[] {
  const key = new Map(areas.map((a) => [a.code, path(a.code).map((p) => p.code).join('/')]))
  return [...areas].sort((a, b) => (key.get(a.code) ?? '').localeCompare(key.get(b.code) ?? ''))
}

function Series({ verdicts: v, today }: { verdicts: Verdicts; today: string }) {
  const say = useWords()
  const f = useFormat()
  const { areaName, streamName } = useCity()
  const stratumName = useStratumName()
  const known = v.days.some((d) => d.then.count !== undefined || d.now?.count !== undefined)
  return (
    <>
      <Panel title={say('ui.indicators.series')} note={`${areaName(v.area)}${v.stratum ? ` · ${stratumName(v.stratum)}` : ''} · ${say('ui.course.asOf', { at: f.at(v.as_of) })}`}
        tools={v.days.some((d) => d.then.reconstructed) && <BasisNote basis="reconstructed" />}>
        {known ? <VerdictChart label={`${streamName(v.indicator.stream)}, ${areaName(v.area)}`} verdicts={v} today={today} /> : <EmptyState title={say('ui.indicators.noDays')}>{v.stratum && say(`ui.indicators.noDays.${v.stratum.startsWith('setting:') ? 'setting' : 'source'}`)}</EmptyState>}
      </Panel>
      {known && <Days days={v.days} />}
    </>
  )
}

function Raised({ signals }: { signals: RaisedBy[] }) {
  const say = useWords()
  const f = useFormat()
  const { areaName } = useCity()
  return (
    <Panel flush title={say('ui.indicators.signals')} note={f.number(signals.length)}>
      {signals.length === 0
        ? <p className={`${css.empty} ink-2`}>{say('ui.indicators.signals.none')}</p>
        : (
          <ul className={css.signals}>
            {signals.map((s) => (
              <li key={s.id}>
                <Link to={pathOf({ kind: 'signal', id: s.id }) as string}>{areaName(s.area)} · {s.first === s.last ? f.dayShort(s.last) : `${f.dayShort(s.first)} – ${f.dayShort(s.last)}`}</Link>
                <SignalTag state={s.state} />
                <span className={css.when}>{say('ui.signals.raised')} {f.at(s.raised)} · {say('ui.indicators.found')}: {s.days.map(f.dayShort).join(', ')}</span>
              </li>
            ))}
          </ul>
        )}
    </Panel>
  )
}

function About({ indicator: i }: { indicator: Asked_ }) {
  const say = useWords()
  const f = useFormat()
  const { streamName } = useCity()
  const stratumName = useStratumName()
  return (
    <Panel title={say('ui.about')}>
      <Facts facts={[
        [say('ui.picture.stream'), streamName(i.stream)],
        [say('ui.indicators.detector'), <Asks key="d" indicator={i} />],
        [say('ui.indicators.judges'), i.areas.map((a) => say(`ui.area.${a}`)).join(' · ')],
        [say('ui.indicators.strata'), i.strata.filter(Boolean).map(stratumName).join(' · ')],
        [say('ui.indicators.group'), say(`ui.area.${i.group}`)],
        [say('ui.indicators.every'), say(`ui.indicators.every.${i.every}`)],
        [say('ui.indicators.harm'), f.number(i.harm)],
        [say('ui.indicators.cost'), f.number(i.cost, 2)],
      ]} />
    </Panel>
  )
}
