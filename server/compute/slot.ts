import { type ChildProcess, fork } from 'node:child_process'
import { type CallOptions, ChildLostError, converse } from './conversation'
import type { Answer, ChildSettings, Work } from './protocol'

/** Room for one child process that does one call at a time. One that has ended is replaced at the next call. */
export class Slot {
  readonly #entry: string
  readonly #settings: ChildSettings
  #child: Promise<ChildProcess> | undefined

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
    return converse(await this.#ready(), work, options)
  }

  async close(): Promise<void> {
    const child = await this.#child?.catch(() => undefined)
    child?.kill('SIGKILL')
  }

  #ready(): Promise<ChildProcess> {
    this.#child ??= this.#start().catch((error) => {
      this.#child = undefined
      throw error
    })
    return this.#child
  }

  async #start(): Promise<ChildProcess> {
    const child = fork(this.#entry, [JSON.stringify(this.#settings)], {
      serialization: 'advanced',
      execArgv: this.#entry.endsWith('.ts') ? ['--import', 'tsx'] : [],
    })
    child.once('exit', () => {
      this.#child = undefined
    })
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => resolve()) // the first word is that it is ready
      child.once('error', reject)
      child.once('exit', (code) => reject(new ChildLostError(`A compute process ended as it started (code ${code})`)))
    })
    return child
  }
}
