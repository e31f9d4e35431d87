// Reads the tables of texts under words/table: CSV (RFC 4180) with the columns
// key, zh, en, ja, ko. In: the text of a file. Out: its rows. A row that is
// malformed, incomplete or said twice stops the build and is named by line.

import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export const langs = ['zh', 'en', 'ja', 'ko'] as const
export type Lang = (typeof langs)[number]

export interface Row {
  key: string
  texts: Record<Lang, string>
  file: string
  line: number
}

/** parseCSV splits a CSV text into records; a quoted field may hold commas, quotes and line ends. */
export function parseCSV(text: string): { fields: string[]; line: number }[] {
  const records: { fields: string[]; line: number }[] = []
  let fields: string[] = []
  let field = ''
  let quoted = false
  let line = 1
  let began = 1
  const endRecord = () => {
    fields.push(field)
    if (fields.length > 1 || field !== '') records.push({ fields, line: began })
    fields = []
    field = ''
    began = line
  }
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (c === '\n') line++
    if (quoted) {
      if (c !== '"') field += c
      else if (text[i + 1] === '"') {
        field += '"'
        i++
      } else quoted = false
    } else if (c === '"' && field === '') quoted = true
    else if (c === ',') {
      fields.push(field)
      field = ''
    } else if (c === '\n') endRecord()
    else if (c !== '\r') field += c
  }
  if (quoted) throw new Error(`line ${began}: a quoted field is not closed`)
  if (field !== '' || fields.length > 0) endRecord()
  return records
}

/** readTable reads one table and refuses incomplete rows. */
export function readTable(text: string, file: string): Row[] {
  const [head, ...body] = parseCSV(text)
  if (head?.fields.join() !== 'key,zh,en,ja,ko') {
    throw new Error(`${file}: the first line must be key,zh,en,ja,ko`)
  }
  return body.map(({ fields, line }) => {
    const [key = '', zh = '', en = '', ja = '', ko = ''] = fields
    if (fields.length !== 5 || fields.some((f) => f === '')) {
      throw new Error(`${file} line ${line}: a key and four texts are needed`)
    }
    return { key, texts: { zh, en, ja, ko }, file, line }
  })
}

/** readTables reads every table of a folder; a key that two rows hold is an error. */
export function readTables(folder: string): Row[] {
  const rows = readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .flatMap((name) => readTable(readFileSync(join(folder, name), 'utf8'), name))
  const seen = new Map<string, Row>()
  for (const row of rows) {
    const before = seen.get(row.key)
    if (before) throw new Error(`${row.file} line ${row.line}: ${row.key} stands already in ${before.file} line ${before.line}`)
    seen.set(row.key, row)
  }
  return rows
}

/** isConsoleKey tells the texts that the console's own code names, from those that answers of the server name. */
export const isConsoleKey = (key: string) => key.startsWith('ui.')

/** keysModule is the TypeScript text that names every console key, so that the compiler finds a missing one. */
export function keysModule(rows: Row[]): string {
  const keys = rows.map((r) => r.key).filter(isConsoleKey).sort()
  const lines = keys.map((k) => `  | ${JSON.stringify(k)}`)
  return `// Made from words/table by build/keys.ts; not kept in the repository.\nexport type UiKey =\n${lines.join('\n')}\n`
}
