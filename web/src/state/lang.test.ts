import { describe, expect, it } from 'vitest'
import { firstLang, langs, setLang } from './lang'
import { i18n } from '@/words/i18n'

describe('firstLang', () => {
  const cases: [string | null, string[], string][] = [
    ['ko', ['zh-CN'], 'ko'],
    [null, ['fr-FR', 'ja-JP', 'zh'], 'ja'],
    [null, ['fr'], 'en'],
    ['xx', ['zh-TW'], 'zh'],
  ]
  it.each(cases)('remembered %s, preferred %j: %s', (remembered, preferred, want) => {
    expect(firstLang(remembered, preferred)).toBe(want)
  })
})

describe('setLang', () => {
  it('loads the texts of each language and remembers the choice', async () => {
    for (const lang of langs) {
      await setLang(lang)
      expect(i18n.t('ui.overdue')).not.toBe('ui.overdue')
      expect(document.documentElement.lang).toBe(lang)
    }
    expect(localStorage.getItem('breakwater.lang')).toBe('ko')
  })
  it('fills in values', async () => {
    await setLang('en')
    expect(i18n.t('ui.place.line', { line: 7 })).toBe('Line 7')
  })
})
