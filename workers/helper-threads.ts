import type { FromHelper } from '../operators/helper'
import { type HelperEvents, Helpers, type HelperThread } from '../operators/helpers'

/** Workers of this worker, which help with its run. They end with it, also when it is stopped by force. */
export const helperThreads = (): Helpers => new Helpers(startThread, () => performance.now())

function startThread({ heard, lost }: HelperEvents): HelperThread {
  // Bundlers look for exactly this expression.
  const worker = new Worker(new URL('./helper.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<FromHelper>) => heard(data))
  worker.addEventListener('error', lost)
  worker.addEventListener('messageerror', lost)
  return { post: (message) => worker.postMessage(message), end: () => worker.terminate() }
}
