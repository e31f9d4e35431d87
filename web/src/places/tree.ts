// The areas of a city as rows: each under the area that it lies in.

import type { Area } from '@/api/types'
import type { Gazetteer } from '@/api/city'

export interface TreeRow {
  area: Area
  /** How many areas lie around it, the city being 0. */
  depth: number
}

/** treeRows lists the areas from the root down, depth first. */
export function treeRows(root: Area | undefined, children: Gazetteer['children'], depth = 0): TreeRow[] {
  if (!root) return []
  return [{ area: root, depth }, ...children(root.code).flatMap((c) => treeRows(c, children, depth + 1))]
}

/** matching keeps the rows whose code or name in any language holds the text, with the areas around them. */
export function matching(rows: TreeRow[], text: string, path: Gazetteer['path']): TreeRow[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return rows
  const holds = (a: Area) => [a.code, ...Object.values(a.names)].some((s) => s.toLowerCase().includes(wanted))
  const kept = new Set(rows.filter((r) => holds(r.area)).flatMap((r) => path(r.area.code).map((a) => a.code)))
  return rows.filter((r) => kept.has(r.area.code))
}
