// A Vite plugin that offers the tables of texts as one module a language
// ("virtual:words/zh"), so that a browser loads only the language it shows,
// and that writes the type of all console keys, so that the compiler finds a
// missing one.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Plugin } from 'vite'
import { keysModule, langs, readTables } from './table.ts'

const prefix = 'virtual:words/'

/** words makes the plugin: texts from the tables of folder, the type of their keys into keysFile. */
export function words(folder: string, keysFile: string): Plugin {
  const writeKeys = () => {
    const text = keysModule(readTables(folder))
    if (!existsSync(keysFile) || readFileSync(keysFile, 'utf8') !== text) writeFileSync(keysFile, text)
  }
  return {
    name: 'breakwater-words',
    configResolved: writeKeys,
    resolveId: (id) => (id.startsWith(prefix) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${prefix}`)) return undefined
      const lang = langs.find((l) => id === `\0${prefix}${l}`)
      if (!lang) throw new Error(`no such language: ${id}`)
      const rows = readTables(folder)
      for (const file of new Set(rows.map((r) => r.file))) this.addWatchFile(`${folder}/${file}`)
      return `export default ${JSON.stringify(Object.fromEntries(rows.map((r) => [r.key, r.texts[lang]])))}`
    },
    handleHotUpdate: ({ file }) => {
      if (file.startsWith(folder)) writeKeys()
    },
  }
}
