// What the pages of the journal ask.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'

export interface EntriesAsked { actor?: string; act?: string; subject?: string; from?: string; to?: string }

export const loadEntries = (q: EntriesAsked, after: string | undefined, limit: number) =>
  answer(api.GET('/v1/journal', { params: { query: { ...q, after, limit } } }))

export const entryQuery = (id: string) =>
  queryOptions({ queryKey: ['journal', id], queryFn: () => answer(api.GET('/v1/journal/{id}', { params: { path: { id } } })) })

export const check = () => answer(api.POST('/v1/fsck'))
