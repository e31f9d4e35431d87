import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { answer, api, keyed, newKey } from '@/api/client'
import { asProblem, Problem } from '@/api/problem'
import { sessionQuery } from '@/api/queries'
import type { DailyForm, DailyValue } from '@/api/types'
import { dropWaiting, keepForm, keptForm, putWaiting, waitingOf, type Kept, type Waiting } from './queue'
import { sync } from './sync'

/** How often waiting reports are tried while the page is open, in milliseconds. */
const pause = 20_000

const send = (w: Waiting) =>
  answer(api.POST('/v1/reporting/daily', { body: { day: w.day, values: w.values }, ...keyed(w.key) }))

/** sessionNow asks who is signed in, which also renews the token that writes carry; undefined without a connection. */
const sessionNow = (queries: QueryClient) =>
  queries.fetchQuery({ ...sessionQuery, networkMode: 'always', staleTime: 0, retry: false }).catch(() => undefined)

/** formQuery asks the server for the form, keeps it, and falls back on the kept one without a connection. */
const formQuery = {
  queryKey: ['reporting', 'mine'],
  networkMode: 'always' as const,
  retry: false,
  queryFn: async ({ client }: { client: QueryClient }): Promise<Kept & { fresh: boolean }> => {
    try {
      const session = await client.fetchQuery({ ...sessionQuery, networkMode: 'always', staleTime: 0, retry: false })
      if (!session) throw new Problem('signed_out', '')
      const kept = { user: session.user.id, form: await answer(api.GET('/v1/reporting/mine')) }
      await keepForm(kept)
      return { ...kept, fresh: true }
    } catch (error) {
      const kept = asProblem(error).kind === 'unreachable' ? await keptForm() : undefined
      if (!kept) throw asProblem(error)
      return { ...kept, fresh: false }
    }
  },
}

/** useReporting is all that the phone page needs: the form, what waits, and how to enter a report. */
export function useReporting() {
  const queries = useQueryClient()
  const form = useQuery(formQuery)
  const user = form.data?.user
  const [waiting, setWaiting] = useState<Waiting[]>([])
  const [signedOut, setSignedOut] = useState(false)

  const fresh = form.data?.fresh
  const round = useCallback(async () => {
    if (!user) return
    const found = await waitingOf(user)
    setWaiting(found)
    if (fresh && !found.some((w) => !w.refused)) return
    const session = await sessionNow(queries)
    setSignedOut(session === null)
    if (session?.user.id !== user) return
    const outcome = await sync(user, send)
    setSignedOut(outcome.signedOut)
    setWaiting(await waitingOf(user))
    if (outcome.sent > 0 || !fresh) await queries.invalidateQueries({ queryKey: formQuery.queryKey })
  }, [user, fresh, queries])

  useEffect(() => {
    void round()
    const timer = setInterval(() => void round(), pause)
    globalThis.addEventListener('online', round)
    return () => {
      clearInterval(timer)
      globalThis.removeEventListener('online', round)
    }
  }, [round])

  const enter = async (day: string, values: DailyValue[], entered: number) => {
    if (!user) return
    for (const old of await waitingOf(user)) if (old.day === day && old.refused) await dropWaiting(old.key)
    await putWaiting({ key: newKey(), user, day, values, entered })
    setWaiting(await waitingOf(user))
    await round()
  }
  const remove = async (key: string) => {
    await dropWaiting(key)
    if (user) setWaiting(await waitingOf(user))
  }
  return { form, waiting, signedOut, enter, remove }
}

/** said gives the values of a day: what waits to be sent, else what the server has. */
export function said(form: DailyForm, waiting: Waiting[], day: string): DailyValue[] {
  const own = waiting.filter((w) => w.day === day).at(-1)
  return own?.values ?? form.recent.find((d) => d.day === day)?.values ?? []
}
