// A value that components can watch and code outside them can set.

import { useSyncExternalStore } from 'react'

export interface Watched<T> {
  get: () => T
  set: (value: T) => void
  use: () => T
}

/** watched makes such a value. */
export function watched<T>(first: T): Watched<T> {
  let value = first
  const listeners = new Set<() => void>()
  const get = () => value
  const watch = (listener: () => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  return {
    get,
    set: (next) => {
      if (Object.is(next, value)) return
      value = next
      for (const listener of listeners) listener()
    },
    use: () => useSyncExternalStore(watch, get),
  }
}
