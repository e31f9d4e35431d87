// Made-up records for the living page of parts. They show forms, not facts.

import type { Answer, Area, CurvePoint, Moment, Signal } from '@/api/types'
import { addDays } from '@/words/format'

const first = '2020-07-01'

export const curve: CurvePoint[] = [0, 1, 0, 0, 2, 1, 0, 1, 0, 0, 1, 0, 3, 9, 12, 14, 6, 8, 5, 11, 8].map((count, i) => ({
  day: addDays(first, i), count, alarm: count > 6, reconstructed: i % 5 === 0,
  ...(i >= 7 ? { expected: 0.8 + i / 12, bound: 3 + i / 6 } : {}),
}))

const names = (name: string) => ({ zh: name, en: name, ja: name, ko: name })
const area = (code: string, x: number, y: number): Area => ({
  code, kind: 'district', names: names(code), population: 400_000, setting: 'urban', lat: 0, lon: 0, tile_x: x, tile_y: y, basis: 'stated',
})

export const tiles = [
  { area: area('A', 0, 0), level: 'low' as const, note: '0' },
  { area: area('B', 1, 0), level: 'medium' as const, note: '12', within: { name: 'B–III', level: 'high' as const } },
  { area: area('C', 1, 1), level: 'high' as const, note: '48' },
  { area: area('D', 2, 1), level: 'low' as const },
]

export const answers = (root: string): Answer[] => {
  const base = { area: root, from: first, to: addDays(first, 13), as_of: `${addDays(first, 13)}T12:00:00Z`, status: 'actual' as const, sources: [], source_count: 14 }
  return [
    { ...base, figure: 'cases.confirmed.new', value: 9, unit: 'people', reconstructed: false },
    { ...base, figure: 'cases.confirmed.total', value: 1234, unit: 'people', reconstructed: true },
    { ...base, figure: 'reports.completeness', value: 0.9375, unit: 'share', numerator: 15, denominator: 16, reconstructed: false },
    { ...base, figure: 'samples.taken', value: 0, unit: 'samples', reconstructed: false, absent: 'nothing was reported' },
  ]
}

const signal = (id: string, rest: Partial<Signal>): Signal => ({
  id, route: 'ibs', status: 'actual', group: id, stream: 'confirmed.local', area: '', first: '2020-07-22', last: '2020-07-22',
  evidence: [], notices: [], rank: 5, day: '2020-07-22', shown: true, state: 'raised', raised: '2020-07-22T13:00:00Z',
  changed: '2020-07-22T13:00:00Z', moves: [], ...rest,
})
const evidence = { indicator: '', stream: 'confirmed.local', area: '', day: '2020-07-22', score: 2, basis: 'stated' as const, batches: [] }

export const signals = (root: string): Signal[] => [
  signal('1', { area: root, rank: 9.5, evidence: [{ ...evidence, observed: 1, quiet: 105 }] }),
  signal('2', { area: root, rank: 4.2, state: 'verified', first: '2020-07-20', stream: 'fever.visits', evidence: [{ ...evidence, observed: 61, expected: 38, bound: 52.3 }] }),
  signal('3', { area: root, rank: 1.1, route: 'ebs', status: 'exercise', state: 'discarded', stream: 'illness_cluster', notices: ['n'] }),
]

export const moments = (root: string): Moment[] => [
  { at: '2020-07-23T02:00:00Z', day: '2020-07-23', kind: 'history', what: names('…'), where: root },
  { at: '2020-07-23T03:10:00Z', day: '2020-07-23', kind: 'own', act: 'directive.issue', where: root, ref: { kind: 'directive', id: '1' } },
  { at: '2020-07-22T13:00:00Z', day: '2020-07-22', kind: 'own', act: 'signal.verify', where: root, ref: { kind: 'signal', id: '1' } },
]
