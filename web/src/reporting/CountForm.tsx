import { Button, NumberInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import type { DailyValue, Stream } from '@/api/types'
import { useText, useWords } from '@/words/useWords'
import css from './Report.module.css'

interface Props {
  streams: Stream[]
  values: DailyValue[]
  title: string
  enter: (values: DailyValue[]) => Promise<void>
}

const most = 1_000_000

/** CountForm takes the counts of one day. An empty field says nothing; zero is a report. */
export function CountForm({ streams, values, title, enter }: Props) {
  const say = useWords()
  const [given, setGiven] = useState<Record<string, number | ''>>(() => Object.fromEntries(values.map((v) => [v.stream, v.count ?? ''])))
  const [busy, setBusy] = useState(false)
  const [done, setDone] = useState(false)
  const full: DailyValue[] = streams.flatMap((s) => {
    const count = given[s.id]
    return typeof count === 'number' ? [{ stream: s.id, count }] : []
  })
  const put = async (v: DailyValue[]) => {
    setBusy(true)
    await enter(v)
    setBusy(false)
    setDone(true)
  }
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (full.length > 0) void put(full)
  }
  return (
    <form onSubmit={submit} className={css.form} aria-label={title}>
      <h2>{title}</h2>
      {streams.map((s) => <Count key={s.id} stream={s} value={given[s.id] ?? ''} onChange={(v) => setGiven({ ...given, [s.id]: v })} />)}
      <p className="ink-2">{say('ui.report.hint')}</p>
      <div className={css.buttons}>
        <Button type="submit" size="md" loading={busy} disabled={full.length === 0}>{say('ui.report.send')}</Button>
        <Button variant="default" size="md" disabled={busy} onClick={() => void put(streams.map((s) => ({ stream: s.id, count: 0 })))}>
          {say('ui.report.allZero')}
        </Button>
      </div>
      <p role="status" className={css.done}>{done && !busy ? say('ui.report.done') : ''}</p>
    </form>
  )
}

function Count({ stream, value, onChange }: { stream: Stream; value: number | ''; onChange: (value: number | '') => void }) {
  const say = useWords()
  const text = useText()
  return (
    <div className={css.count}>
      <NumberInput
        label={text(stream.names)} size="lg" min={0} max={most} allowDecimal={false} allowNegative={false} inputMode="numeric"
        placeholder={say('ui.report.nothing')} value={value}
        onChange={(v) => onChange(typeof v === 'number' ? v : '')}
        hideControls
      />
      <Button variant="default" size="lg" aria-label={say('ui.report.zeroOf', { stream: text(stream.names) })} onClick={() => onChange(0)}>0</Button>
      <Button variant="default" size="lg" aria-label={say('ui.report.oneMore', { stream: text(stream.names) })}
        onClick={() => onChange(Math.min(most, (value === '' ? 0 : value) + 1))}>+1</Button>
    </div>
  )
}
