// What the pages of packs ask.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { Status } from '@/api/types'

export const packsQuery = queryOptions({ queryKey: ['packs'], staleTime: 300_000, queryFn: () => answer(api.GET('/v1/packs')) })

export const packQuery = (id: string) =>
  queryOptions({ queryKey: ['packs', id], staleTime: 300_000, queryFn: () => answer(api.GET('/v1/packs/{id}', { params: { path: { id } } })) })

/** dryRun asks what a pack would change on a day; nothing is written. */
export const dryRun = (id: string, day: string, status: Status) =>
  answer(api.POST('/v1/packs/{id}/dry-run', { params: { path: { id }, query: { status } }, body: { day } }))
