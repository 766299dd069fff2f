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
    this.#isOn ??= (await (await this.#open()).get('settings', KEY)) === true
    return this.#isOn
  }

  async set(on: boolean): Promise<void> {
    this.#isOn = on
    await (await this.#open()).put('settings', on, KEY)
  }
}
