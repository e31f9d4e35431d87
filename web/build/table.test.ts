import { describe, expect, it } from 'vitest'
import { keysModule, parseCSV, readTable, readTables } from './table'

describe('parseCSV', () => {
  const cases: [name: string, text: string, want: string[][]][] = [
    ['plain fields', 'a,b\nc,d\n', [['a', 'b'], ['c', 'd']]],
    ['quotes, commas and line ends in a field', 'a,"b ""x"", c\nd"\n', [['a', 'b "x", c\nd']]],
    ['carriage returns and a last line without an end', 'a,b\r\nc,d', [['a', 'b'], ['c', 'd']]],
    ['an empty last field', 'a,\n', [['a', '']]],
    ['blank lines', 'a,b\n\nc,d\n', [['a', 'b'], ['c', 'd']]],
  ]
  it.each(cases)('reads %s', (_, text, want) => {
    expect(parseCSV(text).map((r) => r.fields)).toEqual(want)
  })
  it('refuses a quoted field that does not end', () => {
    expect(() => parseCSV('a,"b\nc')).toThrow('line 1')
  })
})

describe('readTable', () => {
  it('names the line of a row with a missing text', () => {
    expect(() => readTable('key,zh,en,ja,ko\na,b,c,d,e\nb,x,,y,z\n', 't.csv')).toThrow('t.csv line 3')
  })
  it('refuses another head', () => {
    expect(() => readTable('key,en\n', 't.csv')).toThrow('first line')
  })
})

describe('the tables of texts', () => {
  const rows = readTables('../words/table')
  const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join()

  it('have the same placeholders in all languages', () => {
    const odd = rows.filter(({ texts }) => new Set(Object.values(texts).map(placeholders)).size > 1)
    expect(odd.map((r) => r.key)).toEqual([])
  })
  it('name every key of the console in the type', () => {
    const text = keysModule(rows)
    expect(rows.filter((r) => r.key.startsWith('ui.') && !text.includes(`"${r.key}"`))).toEqual([])
  })
})
