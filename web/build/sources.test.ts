// What holds for every source file of the console.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readTables } from './table'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((f) => /\.tsx?$/.test(f) && !f.endsWith('.gen.ts') && !f.includes('.test.'))
  .map((f) => `src/${f}`)
const sources = files.map((name) => ({ name, text: readFileSync(name, 'utf8') }))

describe('every source file', () => {
  it('has at most 300 lines', () => {
    expect(sources.filter((s) => s.text.split('\n').length > 301).map((s) => s.name)).toEqual([])
  })
  it('avoids the type any', () => {
    expect(sources.filter((s) => /[:<,] ?any\b(?!\w)|as any\b/.test(s.text)).map((s) => s.name)).toEqual([])
  })
  it('takes every visible text from the tables', () => {
    const cjk = /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/
    expect(sources.filter((s) => cjk.test(s.text) && s.name !== 'src/state/lang.ts').map((s) => s.name)).toEqual([])
  })
})

describe('the tables', () => {
  it('hold no text of the console that nothing shows', () => {
    const all = sources.map((s) => s.text).join('\n')
    const families = [...all.matchAll(/`(ui\.[\w.]*)\$\{/g)].map((m) => m[1] ?? '')
    const idle = readTables('../words/table')
      .map((r) => r.key)
      .filter((k) => k.startsWith('ui.'))
      .filter((k) => !all.includes(`'${k}'`) && !families.some((f) => k.startsWith(f)))
    expect(idle).toEqual([])
  })
})
