import { Button, Group, Modal, Textarea } from '@mantine/core'
import { useState, type FormEvent, type ReactNode } from 'react'
import type { Problem } from '@/api/problem'
import { useWords } from '@/words/useWords'
import { ErrorState } from './states'

interface Props {
  opened: boolean
  onClose: () => void
  title: string
  /** What the act will do, in a sentence. */
  children?: ReactNode
  confirm: string
  /** Destructive or restricting acts are marked. */
  grave?: boolean
  /** False for acts that need no reason; one may still be given. */
  needed?: boolean
  act: { mutate: (why: string) => void; isPending: boolean; error: Problem | null }
}

export const mostWhy = 2000

/** ReasonDialog asks why before an act is done; the reason goes to the journal, sealed. */
export function ReasonDialog({ opened, onClose, title, children, confirm, grave, needed = true, act }: Props) {
  const say = useWords()
  const [why, setWhy] = useState('')
  const [tried, setTried] = useState(false)
  const lacking = needed && why.trim() === ''
  const submit = (e: FormEvent) => {
    e.preventDefault()
    setTried(true)
    if (!lacking) act.mutate(why.trim())
  }
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': say('ui.close') }}>
      <form onSubmit={submit} className="stack" noValidate>
        {children}
        <Textarea
          label={say('ui.why.label')}
          description={say('ui.why.hint')}
          withAsterisk={needed}
          autosize
          minRows={3}
          maxLength={mostWhy}
          data-autofocus
          value={why}
          onChange={(e) => setWhy(e.currentTarget.value)}
          error={tried && lacking ? say('ui.why.needed') : undefined}
        />
        {act.error && <ErrorState error={act.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{say('ui.cancel')}</Button>
          <Button type="submit" color={grave ? 'red.9' : undefined} loading={act.isPending}>{confirm}</Button>
        </Group>
      </form>
    </Modal>
  )
}
