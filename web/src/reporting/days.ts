// How far a day of a reporter is: everything said, something missing, nothing.

import type { DailyForm } from '@/api/types'
import { addDays } from '@/words/format'
import { said } from './useReporting'
import type { Waiting } from './queue'

export type DayState = 'complete' | 'partial' | 'missing' | 'waiting' | 'refused'

/** daysShown is how far back a reporter can fill in: a week with today. */
const daysShown = 7

/** reportDays lists the days of the form, today first. */
export const reportDays = (form: DailyForm) => Array.from({ length: daysShown }, (_, i) => addDays(form.day, -i))

/** stateOf tells how far a day is. */
export function stateOf(form: DailyForm, waiting: Waiting[], day: string): DayState {
  const own = waiting.filter((w) => w.day === day)
  if (own.some((w) => w.refused)) return 'refused'
  if (own.length > 0) return 'waiting'
  const given = said(form, [], day).filter((v) => v.count !== undefined).length
  if (given === 0) return 'missing'
  return given >= form.streams.length ? 'complete' : 'partial'
}
