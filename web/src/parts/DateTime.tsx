import { TextInput } from '@mantine/core'
import { useFormat } from '@/words/useFormat'

interface Props {
  label: string
  /** An instant, RFC 3339. */
  value: string
  onChange: (instant: string) => void
  size?: 'xs' | 'sm'
}

/** DateTime asks for an instant, entered in the city's time whatever the browser's zone. */
export function DateTime({ label, value, onChange, size = 'xs' }: Props) {
  const f = useFormat()
  return (
    <TextInput size={size} type="datetime-local" label={label} value={`${f.dayOf(value)}T${f.time(value)}`}
      onChange={(e) => e.currentTarget.value && onChange(f.instantOf(e.currentTarget.value))} />
  )
}
