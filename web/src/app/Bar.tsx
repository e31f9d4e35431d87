import { Drawer, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useWords } from '@/words/useWords'
import type { Destination } from './nav'
import css from './Bar.module.css'

/** Bar is the way to the pages on a phone: the first four, and the rest behind one button. */
export function Bar({ mine }: { mine: Destination[] }) {
  const say = useWords()
  const [opened, { open, close }] = useDisclosure()
  const first = mine.filter((d) => d.first).slice(0, 4)
  return (
    <nav className={css.bar} aria-label={say('ui.nav.label')}>
      {first.map(({ to, label, icon: Icon }) => (
        <Link key={to} to={to as string} className={css.item} activeOptions={{ exact: to === '/' }}>
          <Icon size={20} stroke={1.5} aria-hidden="true" /> {say(label)}
        </Link>
      ))}
      <UnstyledButton className={css.item} onClick={open}><IconDots size={20} stroke={1.5} aria-hidden="true" /> {say('ui.nav.more')}</UnstyledButton>
      <Drawer opened={opened} onClose={close} position="bottom" size="auto" title={say('ui.nav.label')} closeButtonProps={{ 'aria-label': say('ui.close') }}>
        {mine.map(({ to, label, icon: Icon }) => (
          <Link key={to} to={to as string} className={css.line} onClick={close}><Icon size={18} stroke={1.5} aria-hidden="true" /> {say(label)}</Link>
        ))}
      </Drawer>
    </nav>
  )
}
