import { defineConfig } from 'vitest/config'

/** Scenarios that take minutes, and short ones of the same kind: `npm run test:cluster`, `test:faults` and `load` choose. */
export default defineConfig({
  test: {
    include: ['test/**/*.long.ts', 'test/faults/*.test.ts', 'test/server/{crash,durability,webhook-crash}.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false, // each wants the whole machine
    disableConsoleIntercept: true,
  },
})
