import { Menu, NativeSelect, UnstyledButton } from '@mantine/core'
import { IconLogout, IconUser } from '@tabler/icons-react'
import { useCity } from '@/api/city'
import { useNow, useSession } from '@/api/queries'
import { OfflineBadge } from '@/parts/OfflineBadge'
import { setStatus, statuses, useStatus } from '@/state/status'
import type { Status } from '@/api/types'
import { useFormat } from '@/words/useFormat'
import { useText, useWords } from '@/words/useWords'
import { LangSelect, SchemeToggle } from './choices'
import { Mark } from './Mark'
import { useSignOut } from './Shell'
import css from './Header.module.css'

/** Header says which city, which records, which time, and who is signed in. */
export function Header() {
  const say = useWords()
  const text = useText()
  const f = useFormat()
  const { city } = useCity()
  const now = useNow()
  return (
    <header className={css.head}>
      <Mark />
      <span className={css.city}>{text(city.names)}</span>
      <OfflineBadge />
      <span className={css.space} />
      <time className={css.now} dateTime={now} aria-label={say('ui.now')}>{f.day(f.dayOf(now))} <b>{f.time(now)}</b></time>
      <StatusSelect />
      <LangSelect />
      <SchemeToggle />
      <UserMenu />
    </header>
  )
}

function StatusSelect() {
  const say = useWords()
  const status = useStatus()
  return (
    <NativeSelect size="xs" className={css.select} aria-label={say('ui.status.show')} value={status}
      onChange={(e) => setStatus(e.currentTarget.value as Status)}
      data={statuses.map((s) => ({ value: s, label: say(`ui.status.${s}`) }))} />
  )
}

function UserMenu() {
  const say = useWords()
  const { user } = useSession()
  const { areaName, organisationName } = useCity()
  const signOut = useSignOut()
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <UnstyledButton className={css.user}>
          <IconUser size={16} stroke={1.6} aria-hidden="true" /> <span className={css.display}>{user.display}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <b>{user.display}</b> · {organisationName(user.organisation)}
          {user.grants.map((g) => <div key={`${g.role}@${g.area}`}>{say(`ui.role.${g.role}`)} · {areaName(g.area)}</div>)}
        </Menu.Label>
        <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => signOut.mutate()}>{say('ui.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
