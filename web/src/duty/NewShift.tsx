import { Button, Group, Modal, NativeSelect } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useAct } from '@/api/act'
import { useCity } from '@/api/city'
import { peopleQuery } from '@/api/people'
import { useNow } from '@/api/queries'
import { DateTime } from '@/parts/DateTime'
import { ErrorState } from '@/parts/states'
import { useWords } from '@/words/useWords'
import { addShift } from './queries'

const usualHours = 12
const later = (at: string, hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString()

/** NewShift puts somebody on the roster. */
export function NewShift() {
  const say = useWords()
  const [opened, { open, close }] = useDisclosure()
  return (
    <>
      <Button onClick={open}>{say('ui.duty.add')}</Button>
      <Modal opened={opened} onClose={close} title={say('ui.duty.add')} closeButtonProps={{ 'aria-label': say('ui.close') }}>
        <Form close={close} />
      </Modal>
    </>
  )
}

function Form({ close }: { close: () => void }) {
  const say = useWords()
  const now = useNow()
  const { city, postName, organisationName } = useCity()
  const { data: people = [] } = useQuery(peopleQuery)
  const [post, setPost] = useState(city.posts[0]?.code ?? '')
  const [user, setUser] = useState('')
  const [from, setFrom] = useState(now)
  const [until, setUntil] = useState(later(now, usualHours))
  const chosen = user || people[0]?.id || ''
  const act = useAct(addShift)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    act.mutate({ post, user: chosen, from, until }, { onSuccess: close })
  }
  return (
    <form className="stack" onSubmit={submit}>
      <NativeSelect label={say('ui.directives.post')} value={post} onChange={(e) => setPost(e.currentTarget.value)} data-autofocus
        data={city.posts.map((p) => ({ value: p.code, label: postName(p.code) }))} />
      <NativeSelect label={say('ui.duty.person')} value={chosen} onChange={(e) => setUser(e.currentTarget.value)}
        data={people.map((p) => ({ value: p.id, label: `${p.display} · ${organisationName(p.organisation)}` }))} />
      <DateTime size="sm" label={say('ui.duty.from')} value={from} onChange={setFrom} />
      <DateTime size="sm" label={say('ui.duty.until')} value={until} onChange={setUntil} />
      {act.error && <ErrorState error={act.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={close}>{say('ui.cancel')}</Button>
        <Button type="submit" loading={act.isPending}>{say('ui.duty.add')}</Button>
      </Group>
    </form>
  )
}
