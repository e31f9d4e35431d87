// What the page of the evidence chain asks.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { paths } from '@/api/schema.gen'

/** ChainKind is a kind of record that has evidence behind it. */
export type ChainKind = paths['/v1/chain/{kind}/{id}']['get']['parameters']['path']['kind']

export const chainQuery = (kind: ChainKind, id: string) =>
  queryOptions({ queryKey: ['chain', kind, id], queryFn: () => answer(api.GET('/v1/chain/{kind}/{id}', { params: { path: { kind, id } } })) })
