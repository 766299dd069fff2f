import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Asked } from './plates-host'

/** Model runs that so many photos take. */
export interface AskedRuns {
  readonly asked: readonly Asked[]
  readonly photos: number
}

/** A thread does not take over how this process reads TypeScript. */
const START = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(${JSON.stringify(new URL('./plates-bare-worker.ts', import.meta.url).href)})
})`

export interface BareSessions {
  /** Makes the same runs with nothing around them, spread over the sessions; with their processor time, in milliseconds. */
  run(runs: AskedRuns): Promise<number>
  close(): Promise<void>
}

/**
 * Sessions that go on side by side, each in a thread of its own: ONNX Runtime keeps the one that calls it.
 *
 * @param threads of each session
 */
export async function bareSessions(count: number, threads: number): Promise<BareSessions> {
  const workers = Array.from({ length: count }, () => new Worker(START, { eval: true, workerData: threads }))
  await Promise.all(workers.map((worker) => once(worker, 'message'))) // the first word is that it is ready
  return {
    async run({ asked }) {
      const start = process.cpuUsage()
      const work = workers.map((worker, i) => {
        worker.postMessage(asked.filter((_, run) => run % count === i))
        return once(worker, 'message')
      })
      await Promise.all(work)
      const { user, system } = process.cpuUsage(start)
      return (user + system) / 1000
    },
    close: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
