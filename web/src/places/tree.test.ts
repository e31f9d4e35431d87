import { describe, expect, it } from 'vitest'
import { gazetteer } from '@/api/city'
import type { Area, CityFacts, LevelNow } from '@/api/types'
import { levelOf, worstWithin } from '@/situation/levels'
import { matching, treeRows } from './tree'

const area = (code: string, parent?: string): Area => ({
  code, parent, kind: 'district', names: { zh: `中${code}`, en: `Area ${code}`, ja: code, ko: code }, population: 1,
  setting: 'urban', lat: 0, lon: 0, tile_x: -1, tile_y: -1, basis: 'stated',
})
const city: CityFacts = {
  id: 'x', names: { zh: '', en: '', ja: '', ko: '' }, timezone: 'UTC', root: 'c', has_boundaries: false,
  areas: [area('c'), area('d1', 'c'), area('d2', 'c'), area('s1', 'd1')], posts: [], organisations: [], sources: [], streams: [], indicators: [], notes: [],
}
const { root, children, path } = gazetteer(city, 'en')
const level = (code: string, l: LevelNow['level']): LevelNow => ({
  id: code, status: 'actual', area: code, level: l, proposal: '', pack: { id: '', version: 1, digest: '' }, from: '2020-07-25T00:00:00Z', review: '2020-08-08', expires: '2020-08-08T00:00:00Z',
})

describe('treeRows', () => {
  const rows = treeRows(root, children)
  it('lists each area under the one that it lies in', () => {
    expect(rows.map((r) => `${r.depth}${r.area.code}`)).toEqual(['0c', '1d1', '2s1', '1d2'])
  })
  it('keeps the areas around a match', () => {
    expect(matching(rows, '中S1', path).map((r) => r.area.code)).toEqual(['c', 'd1', 's1'])
    expect(matching(rows, ' ', path)).toHaveLength(4)
    expect(matching(rows, 'nowhere', path)).toEqual([])
  })
})

describe('levels', () => {
  const levels = [level('d1', 'medium'), level('s1', 'high')]
  it('come from the nearest area around, and are low where there is none', () => {
    expect([levelOf('s1', [level('d1', 'medium')], path), levelOf('d2', levels, path)]).toEqual(['medium', 'low'])
  })
  it('show the highest one within only where it is above the own', () => {
    expect(worstWithin(area('d1', 'c'), levels, path)?.area).toBe('s1')
    expect(worstWithin(area('s1', 'd1'), levels, path)).toBeUndefined()
  })
})
