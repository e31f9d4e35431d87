// What the cluster map asks.

import { queryOptions } from '@tanstack/react-query'
import { answer, api } from '@/api/client'
import type { ClusterMap, Status } from '@/api/types'

export interface ClusterQuestion {
  stream: string
  day: string
  rank: ClusterMap['rank']
  model?: ClusterMap['model']
  days: number
  longest: number
  status: Status
}

export const clustersQuery = (q: ClusterQuestion) =>
  queryOptions({ queryKey: ['counts', 'clusters', q], queryFn: () => answer(api.GET('/v1/clusters', { params: { query: q } })) })
