// Numbers, days and times in the reader's language and the city's time zone.
// Days are YYYY-MM-DD, instants RFC 3339 UTC; nothing here reads a clock.

import type { Lang, Unit } from '@/api/types'

const locale: Record<Lang, string> = { zh: 'zh-CN', en: 'en-GB', ja: 'ja-JP', ko: 'ko-KR' }

const hour = 3_600_000
const day = 24 * hour

/** noValue stands where there is no number: never a zero. */
export const noValue = '–'

export interface Format {
  number: (n: number, digits?: number) => string
  /** share gives 0 to 1 as a percentage with one decimal. */
  share: (n: number) => string
  /** value gives a number as its unit wants it, without the unit's word. */
  value: (n: number, unit: Unit) => string
  day: (day: string) => string
  /** dayShort leaves the weekday out. */
  dayShort: (day: string) => string
  /** dayLong names the year too. */
  dayLong: (day: string) => string
  month: (day: string) => string
  time: (instant: string) => string
  /** at gives day and time of day. */
  at: (instant: string) => string
  /** ago gives the span between two instants in the widest sensible unit: "3 hours ago", "in 2 days". */
  ago: (instant: string, now: string) => string
  /** dayOf gives the city's day of an instant. */
  dayOf: (instant: string) => string
  /** instantOf reads day and time of the city, "2020-07-22T21:00", as an instant. */
  instantOf: (local: string) => string
}

/** addDays moves a day; days before are negative. */
export function addDays(from: string, days: number): string {
  const at = new Date(`${from}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

/** daysBetween counts days from one to another. */
export const daysBetween = (from: string, to: string) =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day)

/** format makes the formats of a language and a time zone. */
export function format(lang: Lang, timeZone: string): Format {
  const tag = locale[lang]
  const plain = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const onDay = (options: Intl.DateTimeFormatOptions) => {
    const f = new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' })
    return (d: string) => f.format(new Date(`${d}T00:00:00Z`))
  }
  const inCity = (options: Intl.DateTimeFormatOptions) => {
    const f = new Intl.DateTimeFormat(tag, { ...options, timeZone })
    return (instant: string) => f.format(new Date(instant))
  }
  const relative = new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })
  const isoDay = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  const time = inCity({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const dayShort = onDay({ month: 'short', day: 'numeric' })
  const dayOf = (instant: string) => isoDay.format(new Date(instant))
  const number = (n: number, digits?: number) =>
    digits === undefined
      ? plain.format(n)
      : new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(n)
  return {
    number,
    share: (n) => percent.format(n),
    value: (n, unit) => (unit === 'share' ? percent.format(n) : number(n)),
    day: onDay({ month: 'short', day: 'numeric', weekday: 'short' }),
    dayShort,
    dayLong: onDay({ year: 'numeric', month: 'short', day: 'numeric' }),
    month: onDay({ year: 'numeric', month: 'long' }),
    time,
    at: (instant) => `${dayShort(dayOf(instant))} ${time(instant)}`,
    ago: (instant, now) => {
      const span = Date.parse(instant) - Date.parse(now)
      const size = Math.abs(span)
      if (size < hour) return relative.format(Math.round(span / 60_000), 'minute')
      if (size < 2 * day) return relative.format(Math.round(span / hour), 'hour')
      return relative.format(Math.round(span / day), 'day')
    },
    dayOf,
    instantOf: (local) => {
      const asUTC = Date.parse(`${local.slice(0, 16)}:00Z`)
      const shown = new Date(asUTC).toISOString()
      const there = Date.parse(`${dayOf(shown)}T${time(shown)}:00Z`)
      return new Date(2 * asUTC - there).toISOString()
    },
  }
}
