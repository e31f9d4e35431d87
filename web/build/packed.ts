// A Vite plugin that writes a gzip copy beside every script and style of the
// build, so that the program serves pages packed without packing anything
// itself. It works on the written files, when no other plugin changes them.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const least = 1024 // bytes below which a copy is not worth its name

/** packed makes the plugin. */
export function packed(): Plugin {
  return {
    name: 'breakwater-packed',
    apply: 'build',
    writeBundle({ dir = '.' }, bundle) {
      for (const fileName of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
        const path = join(dir, fileName)
        const source = readFileSync(path)
        if (source.length >= least) writeFileSync(`${path}.gz`, gzipSync(source, { level: 9 }))
      }
    },
  }
}
