import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Navigate, Outlet, useRouterState, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { answer, api, keyed } from '@/api/client'
import { useAct } from '@/api/act'
import { useLive } from '@/api/live'
import { clockQuery, sessionQuery } from '@/api/queries'
import type { SignedIn } from '@/api/types'
import { ClockBar, type ClockAction } from '@/parts/ClockBar'
import { useStatus } from '@/state/status'
import { useWords } from '@/words/useWords'
import { Alarms } from './Alarms'
import { Bar } from './Bar'
import { Header } from './Header'
import { Keys } from './Keys'
import { Nav } from './Nav'
import { destinationsOf, titleOf } from './nav'
import css from './Shell.module.css'

/** Shell is the frame around every page: who, where, when, and the way to the other pages. */
export function Shell() {
  const { data: session } = useSuspenseQuery(sessionQuery)
  const back = useRouterState({ select: (s) => s.location.href })
  return session ? <Frame session={session} /> : <Navigate to="/sign-in" search={{ back }} />
}

function Frame({ session }: { session: SignedIn }) {
  useLive()
  useTitle()
  const say = useWords()
  const wall = useSearch({ strict: false, select: (s) => s.wall ?? false })
  const mine = destinationsOf(session)
  if (wall) return <><StatusBanner /><Alarms /><main className={css.wall}><Outlet /></main></>
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">{say('ui.skip')}</a>
      <Header />
      <Nav mine={mine} />
      <div className={css.page}>
        <StatusBanner />
        <Alarms />
        <Replay mayRun={session.rights.includes('clock.run')} />
        <main id="main" className={css.main} tabIndex={-1}><Outlet /></main>
      </div>
      <Bar mine={mine} />
      <Keys />
    </div>
  )
}

/** useTitle puts the page's name into the browser's tab, and so into what a screen reader says first. */
function useTitle() {
  const say = useWords()
  const label = useRouterState({ select: (s) => titleOf(s.location.pathname) })
  useEffect(() => {
    document.title = label ? `${say(label)} · Breakwater` : 'Breakwater'
  }, [label, say])
}

/** StatusBanner makes it impossible to mistake an exercise for the real thing. */
function StatusBanner() {
  const say = useWords()
  const status = useStatus()
  if (status === 'actual') return null
  return <div className={css.banner} data-status={status} role="status">{say(`ui.banner.${status}`)}</div>
}

function Replay({ mayRun }: { mayRun: boolean }) {
  const say = useWords()
  const { data: clock } = useQuery(clockQuery)
  const run = useAct((input: ClockAction, key) => answer(api.POST('/v1/clock', { body: input, ...keyed(key) })))
  if (clock?.mode !== 'replay') return null
  return <aside className="no-print" aria-label={say('ui.clock.title')}><ClockBar clock={clock} mayRun={mayRun} busy={run.isPending} run={run.mutate} /></aside>
}

/** useSignOut ends the session and forgets everything that was shown. */
export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => answer(api.DELETE('/v1/session')),
    onSettled: () => {
      queries.clear()
      queries.setQueryData(sessionQuery.queryKey, null)
      globalThis.location.assign('/sign-in')
    },
  })
}
