import { type ChildProcess, fork } from 'node:child_process'
import { ToolError } from '../../core/errors'
import { type CallOptions, ChildStartError, converse } from './conversation'
import { type Answer, type ChildSettings, type FromChild, STORAGE_PLACE, type Work } from './protocol'

const MOST_IDLE_BYTES = 600e6 // what a large picture took is given back by ending the process that took it

// Pictures come and go by the megabyte, and each time V8 looks for what is no longer used: by itself in four threads beside
// the work and three times as often as memory asks for it, which would take a quarter of the processor time of a batch.
const COLLECTOR = ['--single-threaded-gc', '--no-incremental-marking']

/** Room for one child process that does one call at a time. One that has ended is replaced at the next call. */
export class Slot {
  readonly #entry: string
  readonly #settings: ChildSettings
  #child: Promise<ChildProcess> | undefined
  /** The same, from when it is started to when it is closed. */
  #process: ChildProcess | undefined
  #bytes = 0

  constructor(entry: string, settings: ChildSettings) {
    this.#entry = entry
    this.#settings = settings
  }

  get isRunning(): boolean {
    return this.#child !== undefined
  }

  /** Starts the process ahead of its first call. */
  async warm(): Promise<void> {
    await this.#ready()
  }

  /**
   * @throws ToolError of the tool, or canceled, or timeout
   * @throws ChildLostError
   */
  async call<W extends Work>(work: W, options: CallOptions): Promise<Answer<W>> {
    try {
      return await converse(await this.#ready(), work, { mostBytes: this.#settings.mostBytes, ...options })
    } catch (error) {
      // A surprise may have left the memory of a kernel in disorder, and the next call must not find it so.
      if (error instanceof ToolError && error.code === 'internal') await this.close()
      throw error
    } finally {
      if (this.#bytes > MOST_IDLE_BYTES) await this.close()
    }
  }

  /** Ends the process, also one that is still starting. */
  async close(): Promise<void> {
    const child = this.#child
    this.#child = undefined
    this.#bytes = 0
    this.#process?.kill('SIGKILL')
    await child?.catch(() => {})
  }

  #ready(): Promise<ChildProcess> {
    if (this.#child) return this.#child
    const child = this.#start()
    const forget = () => {
      if (this.#child === child) this.#child = undefined
    }
    child.then((started) => started.once('exit', forget), forget)
    this.#child = child
    return child
  }

  async #start(): Promise<ChildProcess> {
    const { receiptKey, storage, ...settings } = this.#settings
    const child = fork(this.#entry, [JSON.stringify(settings)], {
      serialization: 'advanced',
      env: {
        ...process.env,
        ...(receiptKey && { RECEIPT_KEY: receiptKey }),
        ...(storage && { [STORAGE_PLACE]: JSON.stringify(storage) }),
      },
      execArgv: [...COLLECTOR, ...(this.#entry.endsWith('.ts') ? ['--import', 'tsx'] : [])],
    })
    this.#process = child
    child.on('message', (message: FromChild) => {
      if (message.type === 'done') this.#bytes = message.bytes
    })
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve()) // the first word is that it is ready
      child.once('error', (cause) => reject(new ChildStartError('A compute process cannot be started', { cause })))
      child.once('exit', (code) => reject(new ChildStartError(`A compute process ended as it started (code ${code})`)))
    })
    return child
  }
}
