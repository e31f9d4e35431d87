// Which level an area has, and which higher one lies within it.

import type { Area, Level, LevelNow } from '@/api/types'
import type { Gazetteer } from '@/api/city'
import { levelOrder } from '@/parts/tones'

/** levelOf gives an area's own level, else that of the nearest area around it, else low. */
export function levelOf(code: string, levels: LevelNow[], path: Gazetteer['path']): Level {
  const own = new Map(levels.map((l) => [l.area, l.level]))
  for (const area of path(code).reverse()) {
    const level = own.get(area.code)
    if (level) return level
  }
  return 'low'
}

/** worstWithin gives the highest level among the areas inside, if it is above the area's own. */
export function worstWithin(area: Area, levels: LevelNow[], path: Gazetteer['path']): LevelNow | undefined {
  const own = levelOrder[levelOf(area.code, levels, path)]
  return levels
    .filter((l) => l.area !== area.code && levelOrder[l.level] > own && path(l.area).some((a) => a.code === area.code))
    .sort((a, b) => levelOrder[b.level] - levelOrder[a.level])[0]
}

/** byHeight sorts levels, the highest first and the oldest first among equals. */
export const byHeight = (a: LevelNow, b: LevelNow) => levelOrder[b.level] - levelOrder[a.level] || a.from.localeCompare(b.from)
