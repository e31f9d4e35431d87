import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useCity } from '@/api/city'
import type { Grant, Role } from '@/api/types'
import { useText, useWords } from '@/words/useWords'
import css from './Users.module.css'

const roles: Role[] = ['commander', 'epidemiologist', 'duty_officer', 'area_officer', 'auditor', 'administrator', 'reporter']

interface Props {
  grants: Grant[]
  onChange: (grants: Grant[]) => void
}

/** GrantsEditor edits roles, each in an area and all within it. */
export function GrantsEditor({ grants, onChange }: Props) {
  const say = useWords()
  const text = useText()
  const { city } = useCity()
  const put = (i: number, grant: Grant) => onChange(grants.map((g, n) => (n === i ? grant : g)))
  return (
    <fieldset className={css.grantList}>
      <legend>{say('ui.users.grants')}</legend>
      {grants.map((g, i) => (
        <div key={i} className={css.grant}>
          <Select label={say('ui.users.role')} value={g.role} onChange={(v) => v && put(i, { ...g, role: v as Role })}
            data={roles.map((r) => ({ value: r, label: say(`ui.role.${r}`) }))} />
          <Select label={say('ui.users.area')} searchable value={g.area} onChange={(v) => v && put(i, { ...g, area: v })}
            data={city.areas.map((a) => ({ value: a.code, label: text(a.names) }))} />
          <ActionIcon variant="default" size={34} aria-label={say('ui.users.removeGrant')} onClick={() => onChange(grants.filter((_, n) => n !== i))}>
            <IconTrash size={16} />
          </ActionIcon>
        </div>
      ))}
      <Button variant="default" leftSection={<IconPlus size={14} />} style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange([...grants, { role: 'area_officer', area: city.root }])}>{say('ui.users.addGrant')}</Button>
    </fieldset>
  )
}
