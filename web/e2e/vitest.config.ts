import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    environment: 'node',
    include: ['e2e/**/*.e2e.ts'],
    fileParallelism: true,
    testTimeout: 300_000,
    hookTimeout: 60_000,
    bail: 1,
  },
})
