import { Button, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAct } from '@/api/act'
import { useCity } from '@/api/city'
import type { Level, Proposal } from '@/api/types'
import { packQuery } from '@/packs/queries'
import { AreaSelect } from '@/parts/AreaSelect'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { LevelTag } from '@/parts/tags'
import { useWords } from '@/words/useWords'
import { accept, override, second } from './queries'

const levels: Level[] = ['low', 'medium', 'high']

/** Decide is what the reader may do with a proposal now. */
export function Decide({ proposal: p }: { proposal: Proposal }) {
  return (
    <>
      {p.moves.includes('override') && <Override proposal={p} />}
      {p.moves.includes('accept') && <Accept proposal={p} />}
      {p.moves.includes('second') && <><Second proposal={p} consent="decline" /><Second proposal={p} consent="approve" /></>}
    </>
  )
}

function Accept({ proposal: p }: { proposal: Proposal }) {
  const say = useWords()
  const { areaName } = useCity()
  const [opened, { open, close }] = useDisclosure()
  const act = useAct((why: string, key) => accept(p.id, { why }, key))
  return (
    <>
      <Button onClick={open}>{say('ui.proposal.accept')}</Button>
      <ReasonDialog opened={opened} onClose={close} title={say('ui.proposal.accept')} confirm={say('ui.proposal.accept')} needed={false}
        act={{ ...act, mutate: (why) => act.mutate(why, { onSuccess: close }) }}>
        <p className="row"><b>{areaName(p.area)}</b> <LevelTag level={p.level} /></p>
        {p.needs_second && <p className="ink-2">{say('ui.proposal.secondFollows')}</p>}
      </ReasonDialog>
    </>
  )
}

function Override({ proposal: p }: { proposal: Proposal }) {
  const say = useWords()
  const [opened, { open, close }] = useDisclosure()
  const [level, setLevel] = useState<Level>(levels.find((l) => l !== p.level && l !== 'low') ?? 'high')
  const [area, setArea] = useState(p.area)
  const { data: pack } = useQuery(packQuery(p.pack.id))
  const restricts = pack?.levels.some((l) => l.level === level && l.restricts_persons)
  const act = useAct((body: { level: Level; area: string; why: string }, key) => override(p.id, body, key))
  return (
    <>
      <Button variant="default" onClick={open}>{say(p.level === 'judgement' ? 'ui.proposal.judge' : 'ui.proposal.override')}</Button>
      <ReasonDialog opened={opened} onClose={close} title={say(p.level === 'judgement' ? 'ui.proposal.judge' : 'ui.proposal.override')}
        confirm={say('ui.proposal.decide')} grave={restricts} act={{ ...act, mutate: (why) => act.mutate({ level, area, why }, { onSuccess: close }) }}>
        <p className="ink-2">{say('ui.proposal.override.text')}</p>
        <NativeSelect label={say('ui.level')} value={level} onChange={(e) => setLevel(e.currentTarget.value as Level)}
          data={levels.map((l) => ({ value: l, label: say(`ui.level.${l}`) }))} />
        <AreaSelect label={say('ui.figure.area')} root={p.area} value={area} onChange={setArea} />
        {restricts && <p className="ink-2">{say('ui.proposal.secondFollows')}</p>}
      </ReasonDialog>
    </>
  )
}

function Second({ proposal: p, consent }: { proposal: Proposal; consent: 'approve' | 'decline' }) {
  const say = useWords()
  const { areaName } = useCity()
  const [opened, { open, close }] = useDisclosure()
  const act = useAct((why: string, key) => second(p.id, { consent, why }, key))
  const words = say(`ui.proposal.${consent}`)
  return (
    <>
      <Button variant={consent === 'approve' ? 'filled' : 'default'} onClick={open}>{words}</Button>
      <ReasonDialog opened={opened} onClose={close} title={words} confirm={words} needed={consent === 'decline'} grave={consent === 'approve'}
        act={{ ...act, mutate: (why) => act.mutate(why, { onSuccess: close }) }}>
        <p className="row"><b>{areaName(p.decided_area || p.area)}</b> {p.decided && <LevelTag level={p.decided} />}</p>
        <p className="ink-2">{say('ui.proposal.second.text')}</p>
      </ReasonDialog>
    </>
  )
}
