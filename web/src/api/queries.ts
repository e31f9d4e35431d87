// What every stage asks: session, city, clock, situation. A stage's own
// questions stand in its folder.

import type { FeatureCollection } from 'geojson'
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { answer, api, holdCsrf } from './client'
import { asProblem, Problem } from './problem'
import type { SignedIn } from './types'

/** sessionQuery answers the present session, or null for a visitor. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: Infinity,
  queryFn: async (): Promise<SignedIn | null> => {
    try {
      const session = await answer(api.GET('/v1/session'))
      holdCsrf(session.csrf)
      return session
    } catch (error) {
      if (error instanceof Problem && error.kind === 'signed_out') return null
      throw asProblem(error)
    }
  },
})

export const cityQuery = queryOptions({
  queryKey: ['city'],
  staleTime: Infinity,
  queryFn: () => answer(api.GET('/v1/city')),
})

export const clockQuery = queryOptions({
  queryKey: ['clock'],
  queryFn: () => answer(api.GET('/v1/clock')),
})

/** alarmsQuery are troubles of the keeping of visits. Nobody acts when one begins, so that it is asked anew by itself. */
export const alarmsQuery = queryOptions({
  queryKey: ['alarms'],
  refetchInterval: 60_000,
  queryFn: () => answer(api.GET('/v1/alarms')),
})

/** useSession returns the session of the signed-in user; only pages behind the sign-in may call it. */
export function useSession(): SignedIn {
  const { data } = useSuspenseQuery(sessionQuery)
  if (!data) throw new Problem('signed_out', '')
  return data
}

/** useCan tells whether the user has a right anywhere. */
export function useCan(): (right: string) => boolean {
  const { rights } = useSession()
  return (right) => rights.includes(right)
}

/** useNow is the server's present: a replay stands in 2020, whatever the browser's clock says. */
export function useNow(): string {
  const session = useSession()
  const { data } = useQuery(clockQuery)
  return data?.now ?? session.clock.now
}

/** boundariesQuery are the city's own outlines; asked only where it has some. */
export const boundariesQuery = queryOptions({
  queryKey: ['city', 'boundaries'],
  staleTime: Infinity,
  queryFn: async () => JSON.parse(await answer(api.GET('/v1/city/boundaries', { parseAs: 'text' }))) as FeatureCollection,
})
