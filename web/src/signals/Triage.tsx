import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import { useAct } from '@/api/act'
import type { Signal } from '@/api/types'
import { isWatch } from '@/parts/Lapse'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { useWords } from '@/words/useWords'
import { Snooze, Wake } from './Snooze'
import { discard, gap, hazards, verify, type Hazard } from './queries'

/** Triage is what a reader may make of a signal: verify it, put it aside, or let it sleep. */
export function Triage({ signal }: { signal: Signal }) {
  return (
    <>
      {signal.moves.includes('raised') && <Wake id={signal.id} />}
      {signal.moves.includes('snoozed') && <Snooze id={signal.id} />}
      {signal.moves.includes('discarded') && <Discard id={signal.id} />}
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

function Discard({ id }: { id: string }) {
  const say = useWords()
  const [opened, { open, close }] = useDisclosure()
  const act = useAct((why: string, key) => discard(id, { why }, key))
  return (
    <>
      <Button variant="default" onClick={open}>{say('ui.signals.discard')}</Button>
      <ReasonDialog opened={opened} onClose={close} title={say('ui.signals.discard')} confirm={say('ui.signals.discard')}
        act={{ ...act, mutate: (why) => act.mutate(why, { onSuccess: close }) }}>
        <p className="ink-2">{say('ui.signals.discard.text')}</p>
      </ReasonDialog>
    </>
  )
}
