import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'
import { words } from './build/words.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [react(), words(here('../words/table'), here('./src/words/keys.gen.ts'))],
  resolve: { alias: { '@': here('./src') } },
  build: {
    target: 'es2023',
    manifest: true,
    rolldownOptions: {
      input: { main: here('./index.html'), worker: here('./src/reporting/worker.ts') },
      // A service worker must stand at the root under a name that never changes.
      output: { entryFileNames: (chunk) => (chunk.name === 'worker' ? 'worker.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/v1': { target: process.env.BREAKWATER_URL ?? 'http://127.0.0.1:8080' } } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}', 'build/**/*.test.ts'] },
})
