import { describe, expect, it } from 'vitest'
import type { Verdict, VerdictDay } from '@/api/types'
import { lanes, notable, readingOf, tallied } from './reading'

const said = (count: number | undefined, alarm: boolean, abstained?: Verdict['abstained']): Verdict => ({ count, alarm, abstained, reconstructed: false })
const day = (then: Verdict, now?: Verdict): VerdictDay => ({ day: '2020-07-22', judged: '2020-07-22T16:00:00Z', then, now })

const days = {
  usual: day(said(4, false)),
  found: day(said(9, true)),
  withdrawn: day(said(9, true), said(4, false)),
  hindsight: day(said(4, false), said(9, true)),
  grown: day(said(4, false), said(5, false)),
  young: day(said(4, false, 'short')),
  silent: day(said(undefined, false, 'unreported')),
}

describe('a day with two verdicts', () => {
  it('is read by what was said then and what is said now', () => {
    expect(Object.values(days).map(readingOf)).toEqual(['usual', 'found', 'withdrawn', 'hindsight', 'usual', 'unjudged', 'unjudged'])
  })
  it('is worth a look when unusual, corrected or not judged although reported', () => {
    expect(Object.values(days).map(notable)).toEqual([false, true, true, true, true, true, false])
  })
  it('is counted under each thing that it is', () => {
    expect(tallied(Object.values(days))).toEqual({ days: 7, found: 2, corrected: 3, unjudged: 2 })
  })
})

describe('spans of signals', () => {
  it('stand in lanes of their own only where they overlap', () => {
    const span = (first: string, last: string) => ({ first, last })
    expect(lanes([span('2020-07-05', '2020-07-09'), span('2020-07-01', '2020-07-06'), span('2020-07-07', '2020-07-07')]).map((l) => [l.span.first, l.lane])).toEqual([
      ['2020-07-01', 0], ['2020-07-05', 1], ['2020-07-07', 0]])
  })
})
