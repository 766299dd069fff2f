import type { ChildProcess } from 'node:child_process'
import { ToolError, unwrap } from '../../core/errors'
import type { Progress } from '../../core/progress'
import type { Answer, FromChild, ToChild, Work } from './protocol'
import { residentBytes } from './resident-memory'

export interface CallOptions {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** Memory that the process may hold; it is ended at once when it holds more. */
  readonly mostBytes?: number
  /** That a run may use; one when left out. */
  readonly cores?: number
  onProgress?(progress: Progress): void
}

/** The process ended in the middle of a call: the call may well succeed in another one. */
export class ChildLostError extends Error {
  override readonly name: string = 'ChildLostError'
}

/** It did not even begin: that is no call's fault. */
export class ChildStartError extends ChildLostError {}

const GRACE_MS = 1000 // after this long, a child that was asked to stop and does not is killed

const WATCH_MS = 200 // how far a decoder gets in that time is why the limit is below what the machine has

let lastId = 0

/**
 * One call to a child process, from the question to the answer. Every listener and timer ends with it.
 *
 * @throws ToolError of the tool, or canceled, timeout, or too-large when it takes too much memory
 * @throws ChildLostError
 */
export async function converse<W extends Work>(child: ChildProcess, work: W, options: CallOptions): Promise<Answer<W>> {
  const { signal, timeoutMs, mostBytes, cores = 1, onProgress } = options
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
  const watch = async (most: number) => {
    const bytes = await residentBytes(child.pid ?? 0)
    if (bytes === undefined || bytes <= most || ended.signal.aborted) return
    stopped ??= tooMuch(most)
    child.kill('SIGKILL') // asked first, it would go on to grow
  }
  const lost = () => reject(stopped ?? new ChildLostError('The compute process ended in the middle of a run'))
  const cancel = () => stop(new ToolError('canceled', 'Canceled'))

  child.on('message', hear)
  child.once('exit', lost)
  if (timeoutMs) onAbort(ended.signal, cancelTimer(setTimeout(() => stop(tooLong(timeoutMs)), timeoutMs)))
  if (mostBytes) onAbort(ended.signal, cancelInterval(setInterval(watch, WATCH_MS, mostBytes)))
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

const tooMuch = (bytes: number) =>
  new ToolError(
    'too-large',
    `The run needed more than ${bytes / 1e6} MB of memory and was stopped; try a smaller picture`,
  )

const onAbort = (signal: AbortSignal, listener: () => void) =>
  signal.addEventListener('abort', listener, { once: true })

const cancelTimer = (timer: NodeJS.Timeout) => () => clearTimeout(timer)

const cancelInterval = (timer: NodeJS.Timeout) => () => clearInterval(timer)

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
