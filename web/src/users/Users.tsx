import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCity } from '@/api/city'
import type { User } from '@/api/types'
import { DataTable } from '@/parts/DataTable'
import { Panel } from '@/parts/Panel'
import { EmptyState, ErrorState, Skeleton } from '@/parts/states'
import { Tag } from '@/parts/Tag'
import { useFormat } from '@/words/useFormat'
import { useWords } from '@/words/useWords'
import { NewUserDialog } from './NewUserDialog'
import { usersQuery } from './queries'
import { UserPanel } from './UserPanel'
import css from './Users.module.css'

/** Users is the administrator's page: accounts, their roles in areas, and what may be done to them. */
export default function Users() {
  const say = useWords()
  const f = useFormat()
  const users = useInfiniteQuery(usersQuery)
  const [adding, { open, close }] = useDisclosure()
  const [selected, setSelected] = useState<string>()
  const rows = users.data?.pages.flatMap((p) => p.items) ?? []
  const user = rows.find((u) => u.id === selected)
  return (
    <div className="stack">
      <h1>{say('ui.nav.users')}</h1>
      <div className={user ? css.columns : undefined}>
        <Panel title={say('ui.users.accounts')} note={users.data && f.number(rows.length)} flush
          tools={<Button leftSection={<IconUserPlus size={15} />} onClick={open}>{say('ui.users.add')}</Button>}>
          {users.isPending ? <Skeleton /> : users.isError ? <ErrorState error={users.error} retry={() => void users.refetch()} /> : (
            <Accounts rows={rows} selected={selected} onSelect={setSelected}
              more={users.hasNextPage ? { load: () => void users.fetchNextPage(), loading: users.isFetchingNextPage } : undefined} />
          )}
        </Panel>
        {user && <UserPanel key={user.id} user={user} />}
      </div>
      {adding && <NewUserDialog onClose={close} />}
    </div>
  )
}

interface AccountsProps {
  rows: User[]
  selected?: string
  onSelect: (id: string) => void
  more?: { load: () => void; loading: boolean }
}

function Accounts({ rows, selected, onSelect, more }: AccountsProps) {
  const say = useWords()
  const f = useFormat()
  const { areaName, organisationName, sourceName } = useCity()
  return (
    <DataTable
      label={say('ui.users.accounts')}
      rows={rows}
      rowKey={(u) => u.id}
      selected={selected}
      open={(u) => onSelect(u.id)}
      more={more}
      empty={<EmptyState title={say('ui.users.none')} />}
      columns={[
        { key: 'display', head: say('ui.users.display'), main: true, cell: (u) => u.display },
        { key: 'name', head: say('ui.signin.name'), cell: (u) => <code>{u.name}</code> },
        { key: 'org', head: say('ui.users.organisation'), cell: (u) => organisationName(u.organisation), wide: true },
        {
          key: 'grants', head: say('ui.users.grants'),
          cell: (u) => (
            <ul className={css.grants}>
              {u.grants.map((g) => <li key={`${g.role} ${g.area}`}>{say(`ui.role.${g.role}`)} · {areaName(g.area)}</li>)}
              {u.source && <li className="ink-3">{sourceName(u.source)}</li>}
            </ul>
          ),
        },
        { key: 'created', head: say('ui.users.created'), cell: (u) => f.dayShort(f.dayOf(u.created)), wide: true },
        { key: 'state', head: say('ui.users.state'), cell: (u) => (u.disabled ? <Tag tone="neutral" shape="cross">{say('ui.users.disabled')}</Tag> : <Tag tone="good" shape="check">{say('ui.users.active')}</Tag>) },
      ]}
    />
  )
}
