import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useAct } from '@/api/act'
import type { Directive, Move } from '@/api/types'
import { ReasonDialog } from '@/parts/ReasonDialog'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { move } from './queries'

/** Moves are the steps that the reader may take with an order now; the one that carries it on stands out. */
export function Moves({ directive: d }: { directive: Directive }) {
  const back = (m: Move) => m.step === 'withdraw' || m.step === 'return'
  const inOrder = [...d.moves].sort((a, b) => Number(back(b)) - Number(back(a)))
  return <>{inOrder.map((m) => <Step key={m.step} directive={d} of={m} onward={!back(m)} />)}</>
}

function Step({ directive: d, of: m, onward }: { directive: Directive; of: Move; onward: boolean }) {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const [opened, { open, close }] = useDisclosure()
  const act = useAct((why: string, key) => move(d.id, { step: m.step, why, ...(m.exception && { exception: true }) }, key))
  const words = say(m.exception ? 'ui.directives.step.close.exception' : `ui.directives.step.${m.step}`)
  return (
    <>
      <Button variant={onward && !m.exception ? 'filled' : 'default'} onClick={open}>{words}</Button>
      <ReasonDialog opened={opened} onClose={close} title={words} confirm={words} needed={m.why_needed} grave={!onward || m.exception}
        act={{ ...act, mutate: (why) => act.mutate(why, { onSuccess: close }) }}>
        <p><b>{text(d.title)}</b></p>
        {m.exception && d.completion && (
          <p className="ink-2">{say('ui.directives.exception.text', { value: f.number(d.completion.value), target: f.number(d.completion.target) })}</p>
        )}
      </ReasonDialog>
    </>
  )
}
