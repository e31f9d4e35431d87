// What every reader may choose, signed in or not: the language, and light or dark.

import { NativeSelect, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'
import type { Lang } from '@/api/types'
import { langNames, langs, setLang, useLang } from '@/state/lang'
import { useWords } from '@/words/useWords'
import css from './Header.module.css'

/** LangSelect offers the four languages, each in its own name. */
export function LangSelect() {
  const say = useWords()
  const lang = useLang()
  return (
    <NativeSelect size="xs" className={css.select} aria-label={say('ui.lang')} value={lang}
      onChange={(e) => void setLang(e.currentTarget.value as Lang)}
      data={langs.map((l) => ({ value: l, label: langNames[l] }))} />
  )
}

/** SchemeToggle switches between light and dark; until it is used, the system decides. */
export function SchemeToggle() {
  const say = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const next = scheme === 'light' ? 'dark' : 'light'
  return (
    <UnstyledButton className={css.icon} aria-label={say(`ui.scheme.${next}`)} title={say(`ui.scheme.${next}`)} onClick={() => setColorScheme(next)}>
      {scheme === 'light' ? <IconMoon size={17} stroke={1.6} /> : <IconSun size={17} stroke={1.6} />}
    </UnstyledButton>
  )
}
