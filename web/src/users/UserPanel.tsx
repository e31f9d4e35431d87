import { Button, Group, Modal, PasswordInput, Textarea } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState } from 'react'
import type { User } from '@/api/types'
import { Panel } from '@/parts/Panel'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { ErrorState } from '@/parts/states'
import { useWords } from '@/words/useWords'
import { GrantsEditor } from './GrantsEditor'
import { useDisable, useSetGrants, useSetPassword } from './queries'

/** UserPanel changes one account: its roles, its password, whether it can sign in. */
export function UserPanel({ user }: { user: User }) {
  const say = useWords()
  const [password, setPassword] = useDisclosure()
  const [disabling, setDisabling] = useDisclosure()
  return (
    <Panel title={user.display} note={<code>{user.name}</code>}>
      <div className="stack">
        <Grants user={user} />
        {!user.disabled && (
          <Group gap="xs">
            <Button variant="default" onClick={setPassword.open}>{say('ui.users.setPassword')}</Button>
            <Button variant="default" color="red" onClick={setDisabling.open}>{say('ui.users.disable')}</Button>
          </Group>
        )}
      </div>
      {password && <PasswordDialog user={user} onClose={setPassword.close} />}
      {disabling && <DisableDialog user={user} onClose={setDisabling.close} />}
    </Panel>
  )
}

function Grants({ user }: { user: User }) {
  const say = useWords()
  const [grants, setGrants] = useState(user.grants)
  const [why, setWhy] = useState('')
  const act = useSetGrants(user.id)
  const changed = JSON.stringify(grants) !== JSON.stringify(user.grants)
  return (
    <>
      <GrantsEditor grants={grants} onChange={setGrants} />
      {changed && (
        <>
          <Textarea label={say('ui.why.label')} description={say('ui.why.hint')} withAsterisk value={why} onChange={(e) => setWhy(e.currentTarget.value)} />
          {act.error && <ErrorState error={act.error} />}
          <Group gap="xs">
            <Button loading={act.isPending} disabled={why.trim() === ''} onClick={() => act.mutate({ grants, why: why.trim() }, { onSuccess: () => setWhy('') })}>{say('ui.save')}</Button>
            <Button variant="default" onClick={() => setGrants(user.grants)}>{say('ui.cancel')}</Button>
          </Group>
        </>
      )}
    </>
  )
}

function PasswordDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const say = useWords()
  const [password, setPassword] = useState('')
  const act = useSetPassword(user.id)
  return (
    <Modal opened onClose={onClose} title={`${say('ui.users.setPassword')}: ${user.display}`} closeButtonProps={{ 'aria-label': say('ui.close') }}>
      <form className="stack" onSubmit={(e) => { e.preventDefault(); act.mutate(password, { onSuccess: onClose }) }}>
        <PasswordInput label={say('ui.users.password')} description={say('ui.users.password.ends')} autoComplete="new-password" required data-autofocus
          value={password} onChange={(e) => setPassword(e.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': say('ui.signin.show') }} />
        {act.error && <ErrorState error={act.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{say('ui.cancel')}</Button>
          <Button type="submit" loading={act.isPending} disabled={password === ''}>{say('ui.save')}</Button>
        </Group>
      </form>
    </Modal>
  )
}

function DisableDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const say = useWords()
  const act = useDisable(user.id)
  return (
    <ReasonDialog opened onClose={onClose} title={`${say('ui.users.disable')}: ${user.display}`} confirm={say('ui.users.disable')} grave
      act={{ ...act, mutate: (why) => act.mutate(why, { onSuccess: onClose }) }}>
      <p>{say('ui.users.disable.what')}</p>
    </ReasonDialog>
  )
}
