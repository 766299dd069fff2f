import type { Database } from './database'

const KEY = 'private'

/** Private mode as the service worker keeps it: it holds across restarts of the worker and of the browser. */
export class Privacy {
  readonly #open: () => Promise<Database>
  #isOn: boolean | undefined

  constructor(open: () => Promise<Database>) {
    this.#open = open
  }

  /** Undefined until it has been read once. */
  get known(): boolean | undefined {
    return this.#isOn
  }

  async isOn(): Promise<boolean> {
    this.#isOn ??= await this.#read()
    return this.#isOn
  }

  /** Rejects when it cannot be stored: what would be forgotten must not be relied on. */
  async set(on: boolean): Promise<void> {
    this.#isOn = on
    await (await this.#open()).put('settings', on, KEY)
  }

  async #read(): Promise<boolean> {
    try {
      return (await (await this.#open()).get('settings', KEY)) === true
    } catch {
      return false // without storage nothing was ever confirmed to a page, so pages refuse by themselves
    }
  }
}
