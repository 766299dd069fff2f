import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // A test waits for what it asks, not for a time: the limits only end what hangs, on machines that others load too.
    maxWorkers: '100%', // many tests wait for processes of their own
    testTimeout: 120_000,
    hookTimeout: 120_000,
    retry: process.env.CI ? 1 : 0, // processes are killed and restarted here
  },
})
