/** Apart, and literally so: bundlers look for exactly this expression. */
export const startWorker = (): Worker => new Worker(new URL('./main.worker.ts', import.meta.url), { type: 'module' })
