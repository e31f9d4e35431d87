import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useAct } from '@/api/act'
import { ReasonDialog } from './ReasonDialog'

interface Props {
  /** The button, and the dialog that it opens. */
  label: string
  /** What the act will do, in a sentence. */
  text: string
  size?: 'compact-xs' | 'sm'
  /** False for acts that need no reason; one may still be given. */
  needed?: boolean
  call: (why: string, key: string) => Promise<unknown>
}

/** ReasonAct is a button to an act that asks for nothing but a reason. */
export function ReasonAct({ label, text, size, needed, call }: Props) {
  const [opened, { open, close }] = useDisclosure()
  const act = useAct(call)
  return (
    <>
      <Button variant="default" size={size} onClick={open}>{label}</Button>
      <ReasonDialog opened={opened} onClose={close} title={label} confirm={label} needed={needed} act={{ ...act, mutate: (why) => act.mutate(why, { onSuccess: close }) }}>
        <p className="ink-2">{text}</p>
      </ReasonDialog>
    </>
  )
}
