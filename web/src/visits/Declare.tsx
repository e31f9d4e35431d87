import { Button, Group, Modal, NumberInput, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState, type FormEvent } from 'react'
import { useAct } from '@/api/act'
import { useCity } from '@/api/city'
import { AreaSelect } from '@/parts/AreaSelect'
import { mostWhy } from '@/parts/ReasonDialog'
import { ErrorState } from '@/parts/states'
import { useWords } from '@/words/useWords'
import { declare } from './queries'

/** The bounds that the law of the program sets a declaration. */
const longest = 30
const mostBasis = 1000

/** Declare proposes a declaration; another organisation's officer approves it. */
export function Declare() {
  const say = useWords()
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button onClick={open}>{say('ui.declaration.propose')}</Button>
      <Modal opened={opened} onClose={close} title={say('ui.declaration.propose')} closeButtonProps={{ 'aria-label': say('ui.close') }}>
        <Form close={close} />
      </Modal>
    </>
  )
}

function Form({ close }: { close: () => void }) {
  const say = useWords()
  const { city } = useCity()
  const [area, setArea] = useState(city.root)
  const [basis, setBasis] = useState('')
  const [days, setDays] = useState<number | string>(longest)
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const act = useAct(declare)
  const lasts = Number(days)
  const wrongBasis = tried && basis.trim() === '' ? say('ui.declaration.basis.missing') : undefined
  const wrongDays = tried && !(lasts >= 1 && lasts <= longest) ? say('ui.declaration.lasts.wrong', { most: longest }) : undefined
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setTried(true)
    if (basis.trim() && lasts >= 1 && lasts <= longest) act.mutate({ area, basis: basis.trim(), days: lasts, why: why.trim() }, { onSuccess: close })
  }
  return (
    <form className="stack" onSubmit={submit} noValidate>
      <p className="ink-2">{say('ui.declaration.propose.text')}</p>
      <AreaSelect label={say('ui.figure.area')} value={area} onChange={setArea} />
      <TextInput label={say('ui.declaration.basis')} description={say('ui.declaration.basis.hint')} value={basis} maxLength={mostBasis} error={wrongBasis}
        onChange={(e) => setBasis(e.currentTarget.value)} data-autofocus />
      <NumberInput label={say('ui.declaration.lasts')} value={days} onChange={setDays} min={1} max={longest} allowDecimal={false} error={wrongDays} />
      <Textarea label={say('ui.why.label')} description={say('ui.why.hint')} value={why} maxLength={mostWhy} autosize minRows={2}
        onChange={(e) => setWhy(e.currentTarget.value)} />
      {act.error && <ErrorState error={act.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>{say('ui.cancel')}</Button>
        <Button type="submit" loading={act.isPending}>{say('ui.declaration.propose')}</Button>
      </Group>
    </form>
  )
}
