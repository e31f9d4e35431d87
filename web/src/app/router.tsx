// All pages. Each is a chunk of its own, loaded when it is first opened; those
// under the shell need a session.

import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { cityQuery, sessionQuery } from '@/api/queries'
import { ErrorState, Skeleton } from '@/parts/states'
import { Missing } from './Missing'
import { homeOf } from './nav'

interface Context { queries: QueryClient }

/** Search is what addresses may carry besides a path: where to go after the sign-in, and the wall view. */
interface Search { back?: string; wall?: boolean }

const root = createRootRouteWithContext<Context>()({
  component: Outlet,
  notFoundComponent: Missing,
  validateSearch: (search: Record<string, unknown>): Search => ({
    back: typeof search.back === 'string' ? search.back : undefined,
    wall: search.wall === undefined ? undefined : true,
  }),
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('@/signin/SignIn'), 'SignIn'),
})

/** shell is the parent of every page for signed-in users. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/sign-in', search: { back: location.href } })
    await context.queries.ensureQueryData(cityQuery)
  },
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
})

const page = <P extends string>(path: P, load: () => Promise<{ default: React.ComponentType }>) =>
  createRoute({ getParentRoute: () => shell, path, component: lazyRouteComponent(load) })

/** open makes a page outside the shell: for people without an account, or for phones without a connection. */
const open = <P extends string>(path: P, load: () => Promise<{ default: React.ComponentType }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) })

const tree = root.addChildren([
  signIn,
  open('/notice', () => import('@/notice/PublicNotice')),
  open('/report', () => import('@/reporting/Report')),
  shell.addChildren([
    createRoute({
      getParentRoute: () => shell,
      path: '/',
      beforeLoad: ({ context }) => {
        const session = context.queries.getQueryData(sessionQuery.queryKey)
        const to = session ? homeOf(session) : '/'
        if (to !== '/') throw redirect({ to })
      },
      component: lazyRouteComponent(() => import('@/situation/Situation')),
    }),
    page('/indicators', () => import('@/indicators/Indicators')),
    page('/indicators/$id', () => import('@/indicators/Indicator')),
    page('/clusters', () => import('@/clusters/Clusters')),
    page('/course', () => import('@/course/Course')),
    page('/scores', () => import('@/scores/Scores')),
    page('/places', () => import('@/places/Places')),
    page('/places/$code', () => import('@/places/Places')),
    page('/users', () => import('@/users/Users')),
    page('/quality', () => import('@/reporting/Quality')),
    page('/notices/new', () => import('@/notice/OfficerNotice')),
    page('/signals', () => import('@/signals/Signals')),
    page('/signals/$id', () => import('@/signals/Signal')),
    page('/proposals', () => import('@/proposals/Proposals')),
    page('/proposals/$id', () => import('@/proposals/Proposal')),
    page('/proposals/$id/issue', () => import('@/directives/Issue')),
    page('/directives', () => import('@/directives/Board')),
    page('/directives/$id', () => import('@/directives/Directive')),
    page('/visits', () => import('@/visits/Visits')),
    page('/duty', () => import('@/duty/Duty')),
    page('/packs', () => import('@/packs/Packs')),
    page('/packs/$id', () => import('@/packs/Pack')),
    page('/figures', () => import('@/figures/Figures')),
    page('/figures/$name', () => import('@/figures/Figure')),
    page('/journal', () => import('@/journal/Journal')),
    page('/journal/$id', () => import('@/journal/Entry')),
    page('/fsck', () => import('@/journal/Fsck')),
    page('/chain/$kind/$id', () => import('@/chain/Chain')),
    page('/components', () => import('@/gallery/Gallery')),
    createRoute({ getParentRoute: () => shell, path: '$', component: Missing }), // an address that leads nowhere keeps the way back
  ]),
])

/** makeRouter builds the router over a query client. */
export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPendingComponent: () => <Skeleton rows={8} />,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
    scrollRestoration: true,
  })
}
