// How pages speak. A key that no table holds does not compile.

import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lang, Text } from '@/api/types'
import { useLang } from '@/state/lang'
import type { UiKey } from './keys.gen'

export type { UiKey }
export type Args = Record<string, string | number>
export type Say = (key: UiKey, args?: Args) => string

/** useWords returns the function that gives a text of the console in the reader's language. */
export function useWords(): Say {
  const { t } = useTranslation()
  return useCallback((key, args) => t(key, args ?? {}), [t])
}

/** useServerWords gives texts whose key an answer of the server names; an unknown key shows itself. */
export function useServerWords(): (key: string, args?: Args) => string {
  const { t } = useTranslation()
  return useCallback((key, args) => t(key, args ?? {}), [t])
}

/** textIn picks the reader's language of a text, and English where that is empty. */
export const textIn = (text: Text, lang: Lang) => text[lang] || text.en

/** useText picks the reader's language of texts that come with the data. */
export function useText(): (text: Text) => string {
  const lang = useLang()
  return useCallback((text) => textIn(text, lang), [lang])
}
