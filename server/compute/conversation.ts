import type { ChildProcess } from 'node:child_process'
import { ToolError, unwrap } from '../../core/errors'
import type { Progress } from '../../core/progress'
import type { Answer, FromChild, ToChild, Work } from './protocol'

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** That a run may use; one when left out. */
  readonly cores?: number
  onProgress?(progress: Progress): void
}

/** The process ended in the middle of a call: the call may well succeed in another one. */
export class ChildLostError extends Error {
  override readonly name = 'ChildLostError'
}

const GRACE_MS = 1000 // after this long, a child that was asked to stop and does not is killed

let lastId = 0

/**
 * One call to a child process, from the question to the answer. Every listener and timer ends with it.
 *
 * @throws ToolError of the tool, or canceled, or timeout
 * @throws ChildLostError
 */
export async function converse<W extends Work>(child: ChildProcess, work: W, options: CallOptions): Promise<Answer<W>> {
  const { signal, timeoutMs, cores = 1, onProgress } = options
  const id = ++lastId
  const ended = new AbortController()
  const { promise, resolve, reject } = withResolvers<Answer<W>>()
  let stopped: ToolError | undefined

  const hear = (message: FromChild) => {
    if (message.type === 'ready' || message.id !== id) return
    if (message.type === 'progress') return onProgress?.(message.progress)
    const { outcome } = message
    if (!outcome.ok && stopped) return reject(stopped)
    try {
      resolve(unwrap(outcome) as Answer<W>)
    } catch (error) {
      reject(error)
    }
  }
  const stop = (reason: ToolError) => {
    if (stopped) return
    stopped = reason
    tell(child, { type: 'cancel', id })
    onAbort(ended.signal, cancelTimer(setTimeout(() => child.kill('SIGKILL'), GRACE_MS)))
  }
  const lost = () => reject(stopped ?? new ChildLostError('The compute process ended in the middle of a run'))
  const cancel = () => stop(new ToolError('canceled', 'Canceled'))

  child.on('message', hear)
  child.once('exit', lost)
  if (timeoutMs) onAbort(ended.signal, cancelTimer(setTimeout(() => stop(tooLong(timeoutMs)), timeoutMs)))
  signal?.addEventListener('abort', cancel)
  if (signal?.aborted) cancel()
  tell(child, { type: 'work', id, work, cores })
  try {
    return await promise
  } finally {
    ended.abort()
    child.off('message', hear)
    child.off('exit', lost)
    signal?.removeEventListener('abort', cancel)
  }
}

const tooLong = (timeoutMs: number) =>
  new ToolError('timeout', `The run took longer than ${timeoutMs / 1000} s and was stopped; try a smaller picture`)

const onAbort = (signal: AbortSignal, listener: () => void) =>
  signal.addEventListener('abort', listener, { once: true })

const cancelTimer = (timer: NodeJS.Timeout) => () => clearTimeout(timer)

/** A child that has just ended does not listen; its 'exit' says the rest. */
const tell = (child: ChildProcess, message: ToChild) => child.send(message, () => {})

/** Promise.withResolvers, which Node 20 does not have. */
function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
