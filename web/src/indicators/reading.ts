// How a day's two verdicts are read: what was said then, and what is said now.

import type { Verdict, VerdictDay } from '@/api/types'

/** Reading is what a day amounts to. */
export type Reading = 'found' | 'withdrawn' | 'hindsight' | 'unjudged' | 'usual'

export const nowOf = (d: VerdictDay): Verdict => d.now ?? d.then

/** readingOf names what a day amounts to; unusual comes before not judged. */
export function readingOf(d: VerdictDay): Reading {
  const now = nowOf(d)
  if (d.then.alarm) return now.alarm ? 'found' : 'withdrawn'
  if (now.alarm) return 'hindsight'
  return d.then.abstained ? 'unjudged' : 'usual'
}

/** corrected tells whether the count itself is another now. */
export const corrected = (d: VerdictDay) => nowOf(d).count !== d.then.count

/** notable tells whether a day is worth a look; days that nobody reported are no news. */
export const notable = (d: VerdictDay) =>
  corrected(d) || !['usual', 'unjudged'].includes(readingOf(d)) || (d.then.abstained !== undefined && d.then.abstained !== 'unreported')

/** tallied counts the days of each kind. */
export const tallied = (days: VerdictDay[]) => ({
  days: days.length,
  found: days.filter((d) => d.then.alarm).length,
  corrected: days.filter(corrected).length,
  unjudged: days.filter((d) => d.then.abstained !== undefined).length,
})

/** lanes lays spans of days side by side where they overlap; each gets the first free lane. */
export function lanes<T extends { first: string; last: string }>(spans: T[]): { span: T; lane: number }[] {
  const ends: string[] = []
  return [...spans].sort((a, b) => a.first.localeCompare(b.first)).map((span) => {
    const free = ends.findIndex((end) => end < span.first)
    const lane = free < 0 ? ends.length : free
    ends[lane] = span.last
    return { span, lane }
  })
}
