// A Vite plugin that writes a gzip copy beside every text of the build, so that
// the program serves pages compressed without compressing anything itself.

import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const least = 1024 // bytes below which a copy is not worth its name

/** packed makes the plugin. */
export function packed(): Plugin {
  return {
    name: 'breakwater-packed',
    apply: 'build',
    generateBundle(_options, bundle) {
      for (const [fileName, file] of Object.entries(bundle)) {
        if (!/\.(js|css)$/.test(fileName)) continue
        const source = file.type === 'chunk' ? file.code : file.source
        if (source.length >= least) this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(source, { level: 9 }) })
      }
    },
  }
}
