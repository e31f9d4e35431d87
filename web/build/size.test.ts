// The first screen must load fast on a bad line: the budget is 600 KB
// compressed, measured on what the build wrote.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'

const budget = 600_000
const manifest = 'dist/.vite/manifest.json'

interface Chunk { file: string; css?: string[]; assets?: string[]; imports?: string[]; isEntry?: boolean }

/** filesOf lists what a browser loads for the given entries: their chunks, all that these import, and their styles. */
function filesOf(chunks: Record<string, Chunk>, entries: string[]): string[] {
  const seen = new Set<string>()
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = chunks[name]
    if (!chunk || seen.has(name)) return
    seen.add(name)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const next of chunk.imports ?? []) visit(next)
  }
  for (const entry of entries) visit(entry)
  return [...files]
}

/** A font of the Latin letters is loaded as well; it is compressed already. */
const font = (chunks: Record<string, Chunk>) =>
  Object.values(chunks).flatMap((c) => [c.file, ...(c.assets ?? [])]).find((f) => /inter-latin-wght-normal.*\.woff2$/.test(f))

const packed = (file: string) => {
  const bytes = readFileSync(`dist/${file}`)
  return file.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length
}

describe.skipIf(!existsSync(manifest))('the built console', () => {
  it('has packed copies that say what the files say', () => {
    const odd = readdirSync('dist/assets').filter((f) => f.endsWith('.gz'))
      .filter((f) => !gunzipSync(readFileSync(`dist/assets/${f}`)).equals(readFileSync(`dist/assets/${f.slice(0, -3)}`)))
    expect(odd).toEqual([])
  })
  const first: [name: string, entries: string[]][] = [
    ['situation', ['index.html', 'src/app/Shell.tsx', 'src/situation/Situation.tsx', 'src/parts/EpiCurve.tsx']],
    ['door', ['index.html', 'src/signin/SignIn.tsx']],
    ['phone page of a reporter', ['index.html', 'src/reporting/Report.tsx']],
  ]
  it.each(first)('loads the %s in the budget', (name, entries) => {
    const chunks = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Chunk>
    const words = Object.keys(chunks).find((k) => k.includes('virtual:words/zh'))
    expect(entries.filter((e) => !chunks[e])).toEqual([])
    const files = [...new Set([...filesOf(chunks, [...entries, words ?? '']), font(chunks) ?? ''])].filter((f) => f !== '')
    const total = files.reduce((sum, f) => sum + packed(f), 0)
    console.log(`${name}: ${total} bytes compressed in ${files.length} files`)
    expect(total).toBeLessThan(budget)
  })
})
