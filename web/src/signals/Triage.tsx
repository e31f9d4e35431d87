import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useAct } from '@/api/act'
import type { Signal } from '@/api/types'
import { isWatch } from '@/parts/Lapse'
import { ReasonAct } from '@/parts/ReasonAct'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { useWords } from '@/words/useWords'
import { Snooze } from './Snooze'
import { discard, gap, hazards, verify, wake, type Hazard } from './queries'

/** Triage is what a reader may make of a signal: verify it, put it aside, or let it sleep. */
export function Triage({ signal }: { signal: Signal }) {
  const say = useWords()
  return (
    <>
      {signal.moves.includes('raised') && (
        <ReasonAct label={say('ui.signals.wake')} text={say('ui.signals.wake.text')} call={(why, key) => wake(signal.id, { why }, key)} />
      )}
      {signal.moves.includes('snoozed') && <Snooze id={signal.id} />}
      {signal.moves.includes('discarded') && (
        <ReasonAct label={say('ui.signals.discard')} text={say('ui.signals.discard.text')} call={(why, key) => discard(signal.id, { why }, key)} />
      )}
      {signal.moves.includes('verified') && <Verify signal={signal} />}
    </>
  )
}

function Verify({ signal }: { signal: Signal }) {
  const say = useWords()
  const [opened, { open, close }] = useDisclosure()
  const [hazard, setHazard] = useState<Hazard>(isWatch(signal.stream) ? gap : 'covid-19')
  const act = useAct((body: { hazard: Hazard; why: string }, key) => verify(signal.id, body, key))
  return (
    <>
      <Button onClick={open}>{say('ui.signals.verify')}</Button>
      <ReasonDialog opened={opened} onClose={close} title={say('ui.signals.verify')} confirm={say('ui.signals.verify')}
        act={{ ...act, mutate: (why) => act.mutate({ hazard, why }, { onSuccess: close }) }}>
        {hazard === gap ? <p className="ink-2">{say('ui.vigilance.verify.text')}</p> : <>
          <p className="ink-2">{say('ui.signals.verify.text')}</p>
          <NativeSelect label={say('ui.event.hazard')} value={hazard} onChange={(e) => setHazard(e.currentTarget.value as Hazard)}
            data={hazards.map((h) => ({ value: h, label: say(`ui.hazard.${h}`) }))} />
        </>}
      </ReasonDialog>
    </>
  )
}
