import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useCity } from '@/api/city'
import { asProblem, type Problem } from '@/api/problem'
import { useNow } from '@/api/queries'
import type { Change, Changes, Pack } from '@/api/types'
import { FigureValue } from '@/parts/FigureValue'
import { Panel } from '@/parts/Panel'
import { EmptyState, ErrorState } from '@/parts/states'
import { LevelStep } from '@/proposals/LevelStep'
import { useStatus } from '@/state/status'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { dryRun } from './queries'
import css from './DryRun.module.css'

/** DryRun asks what a pack would change on a day, before anybody switches it on. */
export function DryRun({ pack }: { pack: Pack }) {
  const say = useWords()
  const f = useFormat()
  const status = useStatus()
  const today = f.dayOf(useNow())
  const [day, setDay] = useState(today)
  const run = useMutation<Changes, Problem, string>({ mutationFn: (d) => dryRun(pack.id, d, status).catch((e: unknown) => { throw asProblem(e) }) })
  const submit = (e: FormEvent) => {
    e.preventDefault()
    run.mutate(day)
  }
  return (
    <Panel flush title={say('ui.pack.dryRun')} note={say('ui.pack.dryRun.text')}>
      <form className={css.form} onSubmit={submit}>
        <TextInput size="xs" type="date" label={say('ui.day')} value={day} max={today} onChange={(e) => setDay(e.currentTarget.value || today)} />
        <Button type="submit" variant="default" loading={run.isPending}>{say('ui.pack.dryRun.go')}</Button>
      </form>
      <div aria-live="polite">
        {run.error && <ErrorState error={run.error} />}
        {run.data && (run.data.changes.length
          ? <><p className={css.sum}>{say('ui.pack.dryRun.sum', { n: f.number(run.data.changes.length), day: f.day(run.data.day) })}</p><List changes={run.data.changes} pack={pack} /></>
          : <EmptyState title={say('ui.pack.dryRun.none', { day: f.day(run.data.day) })} />)}
      </div>
    </Panel>
  )
}

function List({ changes, pack }: { changes: Change[]; pack: Pack }) {
  const text = useText()
  const { areaName } = useCity()
  const named = (name: string) => { const i = pack.inputs.find((x) => x.name === name); return i ? text(i.names) : name }
  return (
    <ul className={css.list}>
      {changes.map((c) => (
        <li key={c.area} className={css.change}>
          <div className={css.line}><b>{areaName(c.area)}</b><LevelStep from={c.current} to={c.proposed} /></div>
          {c.inputs.map((i) => <div key={i.name} className={css.input}><span>{named(i.name)}</span><FigureValue answer={i.answer} size="inline" /></div>)}
        </li>
      ))}
    </ul>
  )
}
