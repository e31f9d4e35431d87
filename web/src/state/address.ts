// What a list shows stands in its address, so that a view can be sent to
// somebody else and found again by the back button.

import { useNavigate, useSearch } from '@tanstack/react-router'

export type Choices = Record<string, string | undefined>

/** useAddress returns the choices in the address, and the function that changes some of them; an empty one is left out. */
export function useAddress(): [Choices, (change: Choices) => void] {
  const navigate = useNavigate()
  const search: Record<string, unknown> = useSearch({ strict: false })
  const choices = Object.fromEntries(Object.entries(search).filter(([, v]) => v !== undefined).map(([k, v]) => [k, String(v)]))
  const change = (next: Choices) => {
    const all = Object.fromEntries(Object.entries({ ...choices, ...next }).filter(([, v]) => v))
    void navigate({ to: '.', search: all as never, replace: true })
  }
  return [choices, change]
}
