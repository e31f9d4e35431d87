import { Button, Group, Modal, PasswordInput, Select, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useCity } from '@/api/city'
import type { Grant, NewUser } from '@/api/types'
import { ErrorState } from '@/parts/states'
import { useText, useWords } from '@/words/useWords'
import { GrantsEditor } from './GrantsEditor'
import { useAddUser } from './queries'

/** NewUserDialog makes an account. */
export function NewUserDialog({ onClose }: { onClose: () => void }) {
  const say = useWords()
  const text = useText()
  const { city } = useCity()
  const [given, setGiven] = useState({ name: '', display: '', password: '' })
  const [organisation, setOrganisation] = useState<string | null>(null)
  const [source, setSource] = useState<string | null>(null)
  const [grants, setGrants] = useState<Grant[]>([{ role: 'duty_officer', area: city.root }])
  const add = useAddUser()
  const reports = grants.some((g) => g.role === 'reporter')
  const ready = given.name && given.display && given.password && organisation && (!reports || source)
  const submit = (e: FormEvent) => {
    e.preventDefault()
    if (!ready) return
    const user: NewUser = { ...given, organisation, grants, ...(reports && source ? { source } : {}) }
    add.mutate(user, { onSuccess: onClose })
  }
  return (
    <Modal opened onClose={onClose} title={say('ui.users.add')} size="lg" closeButtonProps={{ 'aria-label': say('ui.close') }}>
      <form onSubmit={submit} className="stack">
        <TextInput label={say('ui.users.display')} required value={given.display} onChange={(e) => setGiven({ ...given, display: e.currentTarget.value })} data-autofocus />
        <TextInput label={say('ui.signin.name')} description={say('ui.users.name.hint')} required autoCapitalize="none" value={given.name}
          onChange={(e) => setGiven({ ...given, name: e.currentTarget.value.toLowerCase() })} />
        <PasswordInput label={say('ui.users.password')} description={say('ui.users.password.hint')} required autoComplete="new-password" value={given.password}
          onChange={(e) => setGiven({ ...given, password: e.currentTarget.value })} visibilityToggleButtonProps={{ 'aria-label': say('ui.signin.show') }} />
        <Select label={say('ui.users.organisation')} required searchable value={organisation} onChange={setOrganisation}
          data={city.organisations.map((o) => ({ value: o.code, label: text(o.names) }))} />
        <GrantsEditor grants={grants} onChange={setGrants} />
        {reports && (
          <Select label={say('ui.users.source')} description={say('ui.users.source.hint')} required searchable value={source} onChange={setSource}
            data={city.sources.map((s) => ({ value: s.id, label: text(s.names) }))} />
        )}
        {add.error && <ErrorState error={add.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{say('ui.cancel')}</Button>
          <Button type="submit" loading={add.isPending} disabled={!ready}>{say('ui.users.create')}</Button>
        </Group>
      </form>
    </Modal>
  )
}
