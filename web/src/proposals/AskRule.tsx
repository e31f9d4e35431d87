import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAct } from '@/api/act'
import { useCity } from '@/api/city'
import { AreaSelect } from '@/parts/AreaSelect'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { pathOf } from '@/parts/RefLink'
import { eventsQuery } from '@/signals/queries'
import { useStatus } from '@/state/status'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import { ask } from './queries'

/** AskRule lets an officer ask the rule about an area now, whether or not its figures changed the level. */
export function AskRule() {
  const say = useWords()
  const name = useServerWords()
  const f = useFormat()
  const city = useCity()
  const navigate = useNavigate()
  const events = useQuery(eventsQuery(useStatus())).data?.items.filter((e) => !e.closed) ?? []
  const [opened, { open, close }] = useDisclosure()
  const [event, setEvent] = useState('')
  const [area, setArea] = useState(city.city.root)
  const chosen = event || events[0]?.id || ''
  const act = useAct(ask)
  return (
    <>
      <Button variant="default" disabled={events.length === 0} onClick={open}>{say('ui.proposals.ask')}</Button>
      <ReasonDialog opened={opened} onClose={close} title={say('ui.proposals.ask')} confirm={say('ui.proposals.ask')}
        act={{ ...act, mutate: (why) => act.mutate({ event: chosen, area, why }, { onSuccess: (p) => void navigate({ to: pathOf({ kind: 'proposal', id: p.id }) as string }) }) }}>
        <p className="ink-2">{say('ui.proposals.ask.text')}</p>
        <NativeSelect label={say('ui.event')} value={chosen} onChange={(e) => setEvent(e.currentTarget.value)}
          data={events.map((e) => ({ value: e.id, label: `${name(`ui.hazard.${e.hazard}`)} · ${city.areaName(e.area)} · ${f.dayShort(e.began)}` }))} />
        <AreaSelect label={say('ui.figure.area')} value={area} onChange={setArea} />
      </ReasonDialog>
    </>
  )
}
