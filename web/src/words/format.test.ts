import { describe, expect, it } from 'vitest'
import type { Lang } from '@/api/types'
import { addDays, daysBetween, format } from './format'

describe('format', () => {
  const cases: [lang: Lang, day: string, at: string, ago: string, number: string][] = [
    ['zh', '7月22日周三', '7月22日 21:00', '3小时前', '1,234.5'],
    ['en', 'Wed 22 Jul', '22 Jul 21:00', '3 hours ago', '1,234.5'],
    ['ja', '7月22日(水)', '7月22日 21:00', '3 時間前', '1,234.5'],
    ['ko', '7월 22일 (수)', '7월 22일 21:00', '3시간 전', '1,234.5'],
  ]
  it.each(cases)('speaks %s in the time of the city', (lang, day, at, ago, number) => {
    const f = format(lang, 'Asia/Shanghai')
    expect(f.day('2020-07-22').replace(',', '')).toBe(day) // some versions of ICU put a comma
    expect(f.at('2020-07-22T13:00:00Z')).toBe(at)
    expect(f.ago('2020-07-22T10:00:00Z', '2020-07-22T13:00:00Z')).toBe(ago)
    expect(f.number(1234.5)).toBe(number)
  })
  it('puts an instant after the midnight of the city into the next day', () => {
    expect(format('en', 'Asia/Shanghai').dayOf('2020-07-22T16:00:00Z')).toBe('2020-07-23')
  })
  it('reads the time of the city back into an instant', () => {
    expect(format('en', 'Asia/Shanghai').instantOf('2020-07-22T21:00')).toBe('2020-07-22T13:00:00.000Z')
    expect(format('en', 'America/New_York').instantOf('2020-07-22T21:00')).toBe('2020-07-23T01:00:00.000Z')
  })
  it('gives shares with one decimal and counts without', () => {
    const f = format('en', 'UTC')
    expect(f.value(0.9375, 'share')).toBe('93.8%')
    expect(f.value(12, 'people')).toBe('12')
  })
})

describe('days', () => {
  it('move over the ends of months and years', () => {
    expect(addDays('2020-02-28', 2)).toBe('2020-03-01')
    expect(addDays('2021-01-01', -1)).toBe('2020-12-31')
    expect(daysBetween('2020-04-08', '2020-07-22')).toBe(105)
  })
})
