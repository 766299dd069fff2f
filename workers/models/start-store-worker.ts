/** Apart, and literally so: bundlers look for exactly this expression. */
export const startStoreWorker = (): Worker =>
  new Worker(new URL('./store.worker.ts', import.meta.url), { type: 'module' })
