import { defineConfig } from 'vitest/config'

/** Scenarios that take minutes: `npm run test:cluster`, `test:faults` and `load` name the folder. */
export default defineConfig({
  test: {
    include: ['test/**/*.long.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false, // each wants the whole machine
    disableConsoleIntercept: true,
  },
})
