// What the parts of the cluster map share.

import type { Cluster, ClusterMap } from '@/api/types'

/** Below this p value a cluster is said to be beyond chance. */
const level = 0.05

export const beyond = (c: Cluster) => c.p_value !== undefined && c.p_value < level

/** belongs returns the place in the list of the cluster that an area is part of. */
export function belongs(found: ClusterMap, area: string): number | undefined {
  const i = found.clusters.findIndex((c) => c.areas.includes(area))
  return i < 0 ? undefined : i
}
