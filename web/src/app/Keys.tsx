import { Kbd, Modal, Table } from '@mantine/core'
import { useDisclosure, useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useWords, type UiKey } from '@/words/useWords'

/** Letters typed alone that lead to a page. */
const goTo: [string, string, UiKey][] = [
  ['1', '/', 'ui.nav.situation'],
  ['2', '/signals', 'ui.nav.signals'],
  ['3', '/proposals', 'ui.nav.proposals'],
  ['4', '/directives', 'ui.nav.directives'],
]

/** Keys are the shortcuts; "?" lists them. */
export function Keys() {
  const say = useWords()
  const navigate = useNavigate()
  const [opened, { open, close }] = useDisclosure()
  useHotkeys([
    ['shift+?', open],
    ...goTo.map(([key, to]): [string, () => void] => [key, () => void navigate({ to })]),
  ])
  const lines: [string, string][] = [
    ['?', say('ui.keys.title')],
    ...goTo.map(([key, , label]): [string, string] => [key, say(label)]),
    ['↑ ↓ Home End', say('ui.keys.rows')],
    ['Enter', say('ui.keys.open')],
    ['Esc', say('ui.close')],
  ]
  return (
    <Modal opened={opened} onClose={close} title={say('ui.keys.title')} closeButtonProps={{ 'aria-label': say('ui.close') }}>
      <Table>
        <Table.Tbody>
          {lines.map(([key, what]) => <Table.Tr key={key}><Table.Td><Kbd>{key}</Kbd></Table.Td><Table.Td>{what}</Table.Td></Table.Tr>)}
        </Table.Tbody>
      </Table>
    </Modal>
  )
}
