import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '@/api/act'
import { useCity } from '@/api/city'
import { useCan, useNow } from '@/api/queries'
import type { Missed } from '@/api/types'
import { AreaSelect } from '@/parts/AreaSelect'
import { Asked } from '@/parts/Asked'
import { DataTable } from '@/parts/DataTable'
import { Panel } from '@/parts/Panel'
import { PersonName } from '@/parts/PersonName'
import { ReasonAct } from '@/parts/ReasonAct'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { EmptyState } from '@/parts/states'
import { useFormat } from '@/words/useFormat'
import { useServerWords, useWords } from '@/words/useWords'
import { hazards } from '@/signals/queries'
import { missedQuery, recordMissed, type Hazard, type MissedForm, type Scored } from './queries'

/** MissedList is the outbreaks that no signal announced, without which recall cannot be known. */
export function MissedList({ asked }: { asked: Scored }) {
  const say = useWords()
  const f = useFormat()
  const name = useServerWords()
  const { areaName } = useCity()
  const may = useCan()('signal.triage')
  return (
    <Panel flush title={say('ui.missed')} tools={may && <Add status={asked.status} />}>
      <Asked query={useQuery(missedQuery(asked))} rows={2}>
        {({ items }) => (
          <DataTable label={say('ui.missed')} rows={items} rowKey={(m) => m.id} empty={<EmptyState title={say('ui.missed.none')}>{say('ui.missed.text')}</EmptyState>}
            columns={[
              { key: 'hazard', head: say('ui.event.hazard'), cell: (m) => name(`ui.hazard.${m.hazard}`), main: true },
              { key: 'area', head: say('ui.figure.area'), cell: (m) => areaName(m.area) },
              { key: 'began', head: say('ui.outcome.began'), cell: (m) => <span className="nowrap">{f.dayLong(m.began)}</span> },
              { key: 'by', head: say('ui.missed.by'), cell: (m) => <><PersonName id={m.by} /> · {f.at(m.recorded)}</> },
              ...(may ? [{ key: 'withdraw', head: say('ui.missed.withdraw'), cell: (m: Missed) => <Withdraw missed={m} /> }] : []),
            ]} />
        )}
      </Asked>
    </Panel>
  )
}

function Add({ status }: { status: Scored['status'] }) {
  const say = useWords()
  const f = useFormat()
  const { city } = useCity()
  const today = f.dayOf(useNow())
  const [opened, { open, close }] = useDisclosure()
  const [hazard, setHazard] = useState<Hazard>('covid-19')
  const [area, setArea] = useState<string>(city.root)
  const [began, setBegan] = useState('')
  const [tried, setTried] = useState(false)
  const act = useAct((body: MissedForm, key) => recordMissed(body, key))
  const send = (why: string) => {
    setTried(true)
    if (began) act.mutate({ status, hazard, area, began, why }, { onSuccess: close })
  }
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>{say('ui.missed.add')}</Button>
      <ReasonDialog opened={opened} onClose={close} title={say('ui.missed.add')} confirm={say('ui.missed.add')} act={{ ...act, mutate: send }}>
        <p className="ink-2">{say('ui.missed.text')}</p>
        <NativeSelect label={say('ui.event.hazard')} value={hazard} onChange={(e) => setHazard(e.currentTarget.value as Hazard)}
          data={hazards.map((h) => ({ value: h, label: say(`ui.hazard.${h}`) }))} />
        <AreaSelect label={say('ui.figure.area')} value={area} onChange={setArea} />
        <TextInput type="date" label={say('ui.outcome.began')} withAsterisk value={began} max={today} onChange={(e) => setBegan(e.currentTarget.value)}
          error={tried && !began ? say('ui.outcome.began.needed') : undefined} />
      </ReasonDialog>
    </>
  )
}

function Withdraw({ missed: m }: { missed: Missed }) {
  const say = useWords()
  return (
    <ReasonAct size="compact-xs" label={say('ui.missed.withdraw')} text={say('ui.missed.withdraw.text')}
      call={(why, key) => recordMissed({ status: m.status, hazard: m.hazard as Hazard, area: m.area, began: m.began, supersedes: m.id, withdrawn: true, why }, key)} />
  )
}
