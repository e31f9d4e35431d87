// The reader's language, remembered by the browser.

import { i18n, loadLang } from '@/words/i18n'
import type { Lang } from '@/api/types'
import { watched } from './store'

export const langs: Lang[] = ['zh', 'en', 'ja', 'ko']

/** langNames are the languages in themselves; they are never translated. */
export const langNames: Record<Lang, string> = { zh: '中文', en: 'English', ja: '日本語', ko: '한국어' }

const place = 'breakwater.lang'

/** firstLang chooses: what was remembered, else what the browser prefers, else English. */
export function firstLang(remembered: string | null, preferred: readonly string[]): Lang {
  const known = (tag: string) => langs.find((l) => tag.toLowerCase().split('-')[0] === l)
  if (remembered) {
    const lang = known(remembered)
    if (lang) return lang
  }
  for (const tag of preferred) {
    const lang = known(tag)
    if (lang) return lang
  }
  return 'en'
}

const lang = watched<Lang>('en')

export const useLang = lang.use

/** setLang loads a language's texts, shows them, and remembers the choice. */
export async function setLang(next: Lang) {
  await loadLang(next)
  await i18n.changeLanguage(next)
  document.documentElement.lang = next
  localStorage.setItem(place, next)
  lang.set(next)
}

/** startLang sets the language with which the page opens. */
export const startLang = () => setLang(firstLang(localStorage.getItem(place), navigator.languages))
