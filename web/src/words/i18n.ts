// The texts of the console. Each language is a chunk of its own, loaded when
// it is first chosen.

import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Lang } from '@/api/types'

export const i18n = createInstance()

const loaders: Record<Lang, () => Promise<{ default: Record<string, string> }>> = {
  zh: () => import('virtual:words/zh'),
  en: () => import('virtual:words/en'),
  ja: () => import('virtual:words/ja'),
  ko: () => import('virtual:words/ko'),
}

void i18n.use(initReactI18next).init({
  resources: {},
  lng: 'en',
  fallbackLng: false,
  keySeparator: false,
  nsSeparator: false,
  returnNull: false,
  initAsync: false,
  interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  react: { useSuspense: false },
})

/** loadLang makes a language's texts available. */
export async function loadLang(lang: Lang) {
  if (i18n.hasResourceBundle(lang, 'translation')) return
  const { default: texts } = await loaders[lang]()
  i18n.addResourceBundle(lang, 'translation', texts)
}
