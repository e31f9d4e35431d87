import { NativeSelect } from '@mantine/core'
import { useCity } from '@/api/city'
import type { Area } from '@/api/types'

interface Props {
  label: string
  value: string
  onChange: (code: string) => void
  /** The area with which the choice begins; the whole city unless said. */
  root?: string
  /** The word for no choice; without it one must be chosen. */
  none?: string
  size?: 'xs' | 'sm'
  error?: string
}

/** AreaSelect chooses an area; those within another stand indented beneath it. */
export function AreaSelect({ label, value, onChange, root, none, size = 'sm', error }: Props) {
  const city = useCity()
  const from = root ?? city.city.root
  const indent = (a: Area, depth: number): { value: string; label: string }[] => [
    { value: a.code, label: `${'\u2003'.repeat(depth)}${city.areaName(a.code)}` },
    ...city.children(a.code).flatMap((c) => indent(c, depth + 1)),
  ]
  const top = city.area(from)
  const data = [...(none ? [{ value: '', label: none }] : []), ...(top ? indent(top, 0) : [])]
  return <NativeSelect size={size} label={label} value={value} data={data} error={error} onChange={(e) => onChange(e.currentTarget.value)} />
}
