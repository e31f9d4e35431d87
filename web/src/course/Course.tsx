import { NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCity } from '@/api/city'
import { useNow } from '@/api/queries'
import type { Course as Told } from '@/api/types'
import { AreaSelect } from '@/parts/AreaSelect'
import { Asked } from '@/parts/Asked'
import { Filters } from '@/parts/Filters'
import { PageHead } from '@/parts/PageHead'
import { Panel } from '@/parts/Panel'
import { EmptyState } from '@/parts/states'
import { BasisNote } from '@/parts/tags'
import { useAddress } from '@/state/address'
import { useStatus } from '@/state/status'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { CountChart } from './CountChart'
import { courseQuery, type CourseQuestion } from './queries'
import { ReproductionChart } from './ReproductionChart'
import { Triangle } from './Triangle'
import { Vintages } from './Vintages'
import css from './Course.module.css'

/** The serial interval unless another is asked for, in days. */
const usual = { mean: 4.7, sd: 2.9 }

/** Course tells how a stream goes on: nowcast, reproduction number, forecast, and what was said before. */
export default function Course() {
  const say = useWords()
  const f = useFormat()
  const { city } = useCity()
  const status = useStatus()
  const today = f.dayOf(useNow())
  const [choices, change] = useAddress()
  const question: CourseQuestion = {
    status,
    stream: choices.stream ?? city.streams[0]?.id ?? '',
    area: choices.area ?? city.root,
    day: choices.day ?? today,
    interval_mean: Number(choices.mean ?? usual.mean),
    interval_sd: Number(choices.sd ?? usual.sd),
  }
  const course = useQuery({ ...courseQuery(question), placeholderData: keepPreviousData })
  return (
    <div className="stack">
      <PageHead title={say('ui.nav.course')}>{say('ui.course.text')}</PageHead>
      <Choices question={question} today={today} change={change} />
      <Asked query={course} rows={10}>{(c) => <Whole course={c} />}</Asked>
    </div>
  )
}

function Choices({ question: q, today, change }: { question: CourseQuestion; today: string; change: (c: Record<string, string>) => void }) {
  const say = useWords()
  const text = useText()
  const { city } = useCity()
  return (
    <Filters label={say('ui.course.ask')}>
      <NativeSelect size="xs" label={say('ui.picture.stream')} value={q.stream} onChange={(e) => change({ stream: e.currentTarget.value })}
        data={city.streams.map((s) => ({ value: s.id, label: text(s.names) }))} />
      <AreaSelect size="xs" label={say('ui.figure.area')} value={q.area} onChange={(area) => change({ area })} />
      <TextInput size="xs" type="date" label={say('ui.picture.day')} value={q.day} max={today} onChange={(e) => change({ day: e.currentTarget.value })} />
      <NumberInput size="xs" label={say('ui.course.mean')} value={q.interval_mean} min={1.1} max={30} step={0.1} decimalScale={1} onChange={(v) => change({ mean: String(v) })} />
      <NumberInput size="xs" label={say('ui.course.sd')} value={q.interval_sd} min={0.1} max={30} step={0.1} decimalScale={1} onChange={(v) => change({ sd: String(v) })} />
    </Filters>
  )
}

function Whole({ course: c }: { course: Told }) {
  const say = useWords()
  const f = useFormat()
  const { areaName, streamName } = useCity()
  const label = `${streamName(c.stream)}, ${areaName(c.area)}`
  if (c.days.every((d) => d.count === undefined)) return <Panel title={say('ui.course.curve')}><EmptyState title={say('ui.course.none')} /></Panel>
  return (
    <>
      <Panel title={say('ui.course.curve')} note={`${areaName(c.area)} · ${say('ui.course.asOf', { at: f.at(c.as_of) })}`} tools={c.reconstructed && <BasisNote basis="reconstructed" />}>
        <CountChart label={label} course={c} />
        {c.nowcast.length === 0 && <p className={css.remark}>{say('ui.course.noNowcast')}</p>}
        {c.ahead.length === 0 && <p className={css.remark}>{say('ui.course.noAhead')}</p>}
      </Panel>
      <Panel title={say('ui.course.r')} note={areaName(c.area)}>
        {c.reproduction.every((r) => r.mean === undefined)
          ? <EmptyState title={say('ui.course.r.none')} />
          : <ReproductionChart label={label} course={c} />}
      </Panel>
      <Vintages course={c} />
      <Triangle course={c} />
    </>
  )
}
