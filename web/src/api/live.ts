// Live updates: the server tells of every act and of the clock, and what is
// shown is asked anew.

import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { setConnected } from '@/state/connection'
import type { Clock } from './types'

/** Acts whose first word names what changed, and the queries that show it. */
const touched: Record<string, string[]> = {
  counts: ['counts', 'situation', 'figures', 'reporting', 'batch'],
  notice: ['inbox', 'signals', 'situation'],
  signal: ['inbox', 'signals', 'events', 'situation', 'timeline', 'chain', 'scores'],
  outbreak: ['scores'],
  proposal: ['proposals', 'levels', 'situation', 'timeline', 'chain'],
  level: ['levels', 'situation', 'timeline'],
  directive: ['directives', 'situation', 'figures', 'timeline', 'chain'],
  duty: ['duty', 'directives'],
  account: ['users'],
  user: ['users'],
  visits: ['alarms'],
}

/** rootsOf lists the first words of the query keys that an act makes stale. */
export const rootsOf = (act: string): string[] => ['journal', ...(touched[act.split('.')[0] ?? ''] ?? [])]

const settle = 300 // milliseconds in which a burst of acts becomes one refresh

function refresher(queries: QueryClient) {
  const stale = new Set<string>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = () => {
    timer = undefined
    const roots = new Set(stale)
    stale.clear()
    void queries.invalidateQueries({ predicate: (q) => roots.has(String(q.queryKey[0])) })
  }
  return {
    touch(roots: string[]) {
      for (const r of roots) stale.add(r)
      timer ??= setTimeout(flush, settle)
    },
    stop: () => clearTimeout(timer),
  }
}

const everything = [...new Set(Object.values(touched).flat()), 'journal', 'clock']

/** useLive listens while the shell is shown. */
export function useLive() {
  const queries = useQueryClient()
  useEffect(() => {
    const refresh = refresher(queries)
    const events = new EventSource('/v1/events/stream')
    let lost = false
    events.onopen = () => {
      setConnected(true)
      if (lost) refresh.touch(everything)
      lost = false
    }
    events.onerror = () => {
      lost = true
      setConnected(false)
    }
    events.addEventListener('act', (e: MessageEvent<string>) => {
      const { act } = JSON.parse(e.data) as { act: string }
      refresh.touch(rootsOf(act))
    })
    events.addEventListener('clock', (e: MessageEvent<string>) => {
      const clock = JSON.parse(e.data) as Partial<Clock>
      queries.setQueryData<Clock>(['clock'], (old) => (old ? { ...old, ...clock } : old))
      refresh.touch(everything)
    })
    return () => {
      events.close()
      refresh.stop()
    }
  }, [queries])
}
