import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { packed } from './build/packed.ts'
import { words } from './build/words.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [react(), words(here('../words/table'), here('./src/words/keys.gen.ts')), packed()],
  resolve: { alias: { '@': here('./src') } },
  build: {
    target: 'es2023',
    manifest: true,
    rolldownOptions: {
      input: { main: here('./index.html'), worker: here('./src/reporting/worker.ts') },
      // A service worker must stand at the root under a name that never changes.
      output: {
        entryFileNames: (chunk) => (chunk.name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js'),
        // Few files rather than many: libraries that every page needs, what all
        // pages share, and one chunk a page. The chart stays apart.
        codeSplitting: {
          groups: [
            { name: 'libraries', test: /node_modules\/(?!uplot|d3-|idb)/ },
            { name: 'shared', test: /src\/(app\/(?!Shell)|api|words|state|parts\/(?!EpiCurve|chart|TileMap))/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/v1': { target: process.env.BREAKWATER_URL ?? 'http://127.0.0.1:8080' } } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'] },
})
