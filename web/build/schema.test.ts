import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { schemaModule } from './schema.js'

it('the types of the API are those of its document', async () => {
  const want = await schemaModule()
  const got = readFileSync('src/api/schema.gen.ts', 'utf8')
  expect(got === want, 'run npm run schema').toBe(true)
})
