// Writes src/api/schema.gen.ts from the OpenAPI document of the server. The
// headers that the client itself sets are left out, so that no page has to.

import { readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const head = '// Made from api/openapi.json by build/schema.js (npm run schema); do not edit.\n\n'

/** schemaModule returns the TypeScript text of the document's types. */
export async function schemaModule(document = '../api/openapi.json') {
  const doc = JSON.parse(readFileSync(document, 'utf8'))
  for (const path of Object.values(doc.paths)) {
    for (const operation of Object.values(path)) {
      operation.parameters = operation.parameters?.filter((p) => p.in !== 'header')
    }
  }
  return head + astToString(await openapiTS(doc, { defaultNonNullable: false }))
}

if (process.argv[1]?.endsWith('schema.js')) writeFileSync('src/api/schema.gen.ts', await schemaModule())
