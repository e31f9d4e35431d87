import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '@/api/act'
import { useCity } from '@/api/city'
import { useCan, useNow } from '@/api/queries'
import type { Outcome, Signal } from '@/api/types'
import { Asked } from '@/parts/Asked'
import { Facts } from '@/parts/Facts'
import { Panel } from '@/parts/Panel'
import { PersonName } from '@/parts/PersonName'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { RefLink } from '@/parts/RefLink'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import { eventsQuery, gap, outcomesQuery, recordOutcome, truths, type OutcomeForm } from './queries'

/** Outcomes is what a signal turned out to be, and what was recorded before. */
export function Outcomes({ signal }: { signal: Signal }) {
  const say = useWords()
  const f = useFormat()
  return (
    <Asked query={useQuery(outcomesQuery(signal.id))} rows={2}>
      {({ items: [stands, ...earlier] }) => (
        <Panel title={say('ui.outcome')} tools={<Record signal={signal} stands={stands} />}>
          {stands ? <About outcome={stands} /> : <p className="ink-2">{say('ui.outcome.none')}</p>}
          {earlier.length > 0 && (
            <details>
              <summary>{say('ui.outcome.earlier', { n: f.number(earlier.length) })}</summary>
              {earlier.map((o) => <About key={o.id} outcome={o} />)}
            </details>
          )}
        </Panel>
      )}
    </Asked>
  )
}

function About({ outcome: o }: { outcome: Outcome }) {
  const say = useWords()
  const f = useFormat()
  return (
    <Facts facts={[
      [say('ui.outcome.truth'), say(`ui.outcome.truth.${o.truth}`)],
      [say('ui.outcome.began'), o.began && f.day(o.began)],
      [say('ui.outcome.event'), o.event && <RefLink to={{ kind: 'event', id: o.event }} />],
      [say('ui.missed.by'), <><PersonName id={o.by} /> · {f.at(o.recorded)}</>],
    ]} />
  )
}

function Record({ signal, stands }: { signal: Signal; stands?: Outcome }) {
  const say = useWords()
  const f = useFormat()
  const name = useServerWords()
  const { areaName } = useCity()
  const today = f.dayOf(useNow())
  const [opened, { open, close }] = useDisclosure()
  const [truth, setTruth] = useState<Outcome['truth']>(stands?.truth ?? (signal.event ? 'outbreak' : 'harmless'))
  const [event, setEvent] = useState(stands?.event ?? signal.event)
  const [began, setBegan] = useState(stands?.began ?? '')
  const [tried, setTried] = useState(false)
  const events = useQuery(eventsQuery(signal.status)).data?.items.filter((e) => e.hazard !== gap) ?? []
  const act = useAct((body: OutcomeForm, key) => recordOutcome(signal.id, body, key))
  const can = useCan()
  if (!can('signal.triage')) return null
  const outbreak = truth === 'outbreak'
  const send = (why: string) => {
    setTried(true)
    if (outbreak && !began) return
    const of = outbreak ? { event: event ?? events[0]?.id, began } : {}
    act.mutate({ truth, why, supersedes: stands?.id, ...of }, { onSuccess: close })
  }
  const title = say(stands ? 'ui.outcome.correct' : 'ui.outcome.record')
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>{title}</Button>
      <ReasonDialog opened={opened} onClose={close} title={title} confirm={title} act={{ ...act, mutate: send }}>
        <p className="ink-2">{say('ui.outcome.text')}</p>
        <NativeSelect label={say('ui.outcome.truth')} value={truth} onChange={(e) => setTruth(e.currentTarget.value as Outcome['truth'])}
          data={truths.map((t) => ({ value: t, label: say(`ui.outcome.truth.${t}`) }))} />
        {outbreak && (events.length === 0 ? <p role="alert">{say('ui.outcome.event.none')}</p> : <>
          <NativeSelect label={say('ui.outcome.event')} value={event ?? events[0]?.id} onChange={(e) => setEvent(e.currentTarget.value)}
            data={events.map((e) => ({ value: e.id, label: `${name(`ui.hazard.${e.hazard}`)} · ${areaName(e.area)} · ${f.dayLong(e.began)}` }))} />
          <TextInput type="date" label={say('ui.outcome.began')} withAsterisk value={began} max={today} onChange={(e) => setBegan(e.currentTarget.value)}
            error={tried && !began ? say('ui.outcome.began.needed') : undefined} />
        </>)}
      </ReasonDialog>
    </>
  )
}
