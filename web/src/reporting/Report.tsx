import { Button } from '@mantine/core'
import { IconCloudUp, IconPlugConnectedX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { asProblem } from '@/api/problem'
import type { DailyForm } from '@/api/types'
import { ErrorState, Places, Skeleton } from '@/parts/states'
import { Tag, type Shape, type Tone } from '@/parts/Tag'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { PublicFrame } from '@/notice/PublicFrame'
import { CountForm } from './CountForm'
import { reportDays, stateOf, type DayState } from './days'
import { workOffline } from './offline'
import type { Waiting } from './queue'
import { said, useReporting } from './useReporting'
import css from './Report.module.css'

/** Report is the phone page on which a clinic, school or pharmacy enters its counts of the day, zero included. */
export default function Report() {
  const say = useWords()
  const text = useText()
  const { form, waiting, signedOut, enter, remove } = useReporting()
  useEffect(() => void workOffline(), [])
  return (
    <PublicFrame title={say('ui.report.title')} note={form.data && text(form.data.form.source.names)}>
      {form.data && !form.data.fresh && <p className={css.offline} role="status"><IconPlugConnectedX size={16} aria-hidden="true" />{say('ui.report.offline')}</p>}
      {signedOut && <p className={css.offline} role="alert"><Link to="/sign-in" search={{ back: '/report' }}>{say('ui.report.signIn')}</Link></p>}
      {form.data
        ? <Days form={form.data.form} waiting={waiting} enter={enter} remove={remove} />
        : form.isError ? <Refusal error={form.error} /> : <Skeleton rows={6} />}
    </PublicFrame>
  )
}

function Refusal({ error }: { error: unknown }) {
  const say = useWords()
  const signedOut = asProblem(error).kind === 'signed_out'
  return (
    <>
      <ErrorState error={error} />
      {signedOut && <Link to="/sign-in" search={{ back: '/report' }}>{say('ui.signin.title')}</Link>}
    </>
  )
}

const looks: Record<DayState, { tone: Tone; shape: Shape }> = {
  complete: { tone: 'good', shape: 'check' },
  partial: { tone: 'warn', shape: 'half' },
  missing: { tone: 'warn', shape: 'empty' },
  waiting: { tone: 'info', shape: 'clock' },
  refused: { tone: 'bad', shape: 'cross' },
}

interface DaysProps {
  form: DailyForm
  waiting: Waiting[]
  enter: ReturnType<typeof useReporting>['enter']
  remove: ReturnType<typeof useReporting>['remove']
}

function Days({ form, waiting, enter, remove }: DaysProps) {
  const say = useWords()
  const f = useFormat()
  const [day, setDay] = useState(form.day)
  const state = stateOf(form, waiting, day)
  const values = said(form, waiting, day)
  return (
    <>
      <ul className={css.days} aria-label={say('ui.report.days')}>
        {reportDays(form).map((d) => {
          const s = stateOf(form, waiting, d)
          return (
            <li key={d}>
              <button type="button" className={css.day} aria-pressed={d === day} onClick={() => setDay(d)}>
                <span>{d === form.day ? say('ui.report.today') : f.day(d)}</span>
                <Tag {...looks[s]}>{say(`ui.report.state.${s}`)}</Tag>
              </button>
            </li>
          )
        })}
      </ul>
      {waiting.filter((w) => w.day === day && w.refused).map((w) => <Refused key={w.key} report={w} remove={() => void remove(w.key)} />)}
      {state === 'waiting' && <p className={css.kept} role="status"><IconCloudUp size={16} aria-hidden="true" />{say('ui.report.kept')}</p>}
      <CountForm key={`${day} ${JSON.stringify(values)}`} streams={form.streams} values={values} title={f.day(day)}
        enter={(v) => enter(day, v, Date.now())} />
    </>
  )
}

function Refused({ report, remove }: { report: Waiting; remove: () => void }) {
  const say = useWords()
  if (!report.refused) return null
  return (
    <div className={css.refused} role="alert">
      <b>{say(`ui.fault.${report.refused.kind}`)}</b>
      <p lang="en">{report.refused.message}</p>
      <Places places={report.refused.places} />
      <Button variant="default" onClick={remove}>{say('ui.report.remove')}</Button>
    </div>
  )
}
