import { Worker } from 'node:worker_threads'
import { type HelperEvents, Helpers, type HelperThread } from '../../operators/helpers'

// In the bundle both lie in one folder; from source it is TypeScript, which a thread does not inherit how to read.
const IS_SOURCE = import.meta.url.endsWith('.ts')
const ENTRY = new URL(IS_SOURCE ? './helper.ts' : './helper.js', import.meta.url)
const READ_SOURCE = `import('tsx/esm/api').then(({ register }) => { register(); return import('${ENTRY}') })`

/** Threads of this process that help with one run at a time. */
export const helperThreads = (): Helpers => new Helpers(startThread, () => performance.now())

export function startThread({ heard, lost }: HelperEvents): HelperThread {
  const worker = IS_SOURCE ? new Worker(READ_SOURCE, { eval: true }) : new Worker(ENTRY)
  worker.on('message', heard)
  worker.on('error', lost)
  worker.on('exit', lost)
  return { post: (message) => worker.postMessage(message), end: () => void worker.terminate() }
}
