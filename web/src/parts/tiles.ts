// The schematic map: where the tile of an area lies.

import type { Area } from '@/api/types'

export const tile = { width: 152, height: 70, gap: 4 }

/** tileGrid lays out the areas that have a tile: the size of all, and the corner of each. */
export function tileGrid(areas: Area[]) {
  const placed = areas.filter((a) => a.tile_x >= 0 && a.tile_y >= 0)
  const left = Math.min(...placed.map((a) => a.tile_x))
  const top = Math.min(...placed.map((a) => a.tile_y))
  const columns = Math.max(0, ...placed.map((a) => a.tile_x + 1 - left))
  const rows = Math.max(0, ...placed.map((a) => a.tile_y + 1 - top))
  return {
    placed,
    width: columns * (tile.width + tile.gap),
    height: rows * (tile.height + tile.gap),
    at: (a: Area): [number, number] => [(a.tile_x - left) * (tile.width + tile.gap), (a.tile_y - top) * (tile.height + tile.gap)],
  }
}
