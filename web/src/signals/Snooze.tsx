import { Button, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useAct } from '@/api/act'
import { useNow } from '@/api/queries'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { addDays, daysBetween } from '@/words/format'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { snooze } from './queries'

/** Days that a signal sleeps unless another day is chosen, and the most that it may. */
const usual = 3
const longest = 28

/** Snooze lets a signal sleep until a day, with the reason. */
export function Snooze({ id }: { id: string }) {
  const say = useWords()
  const f = useFormat()
  const today = f.dayOf(useNow())
  const [opened, { open, close }] = useDisclosure()
  const [chosen, choose] = useState<string>()
  const until = chosen ?? addDays(today, usual)
  const act = useAct((body: { until: string; why: string }, key) => snooze(id, body, key))
  return (
    <>
      <Button variant="default" onClick={open}>{say('ui.signals.snooze')}</Button>
      <ReasonDialog opened={opened} onClose={close} title={say('ui.signals.snooze')} confirm={say('ui.signals.snooze')}
        act={{ ...act, mutate: (why) => act.mutate({ until, why }, { onSuccess: close }) }}>
        <p className="ink-2">{say('ui.signals.snooze.text')}</p>
        <TextInput type="date" label={say('ui.signals.snooze.until')} description={say('ui.signals.snooze.days', { n: daysBetween(today, until) })}
          value={until} min={addDays(today, 1)} max={addDays(today, longest)} onChange={(e) => e.currentTarget.value && choose(e.currentTarget.value)} />
      </ReasonDialog>
    </>
  )
}
