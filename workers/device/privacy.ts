import type { Database } from './database'

const KEY = 'private-clients'

/**
 * Private mode as the service worker keeps it, for each client (a tab, a worker) by itself: one that is not private
 * takes nothing from one that is. It holds across restarts of the service worker.
 */
export class Privacy {
  readonly #open: () => Promise<Database>
  /** What each client has said, by its id; undefined until it has been read once. */
  #said: Map<string, boolean> | undefined
  #reading: Promise<Map<string, boolean>> | undefined

  constructor(open: () => Promise<Database>) {
    this.#open = open
  }

  /** Undefined until storage has been read once. */
  known(client: string): boolean | undefined {
    return this.#said && holds(this.#said, client)
  }

  async isOn(client: string): Promise<boolean> {
    return holds(await this.#all(), client)
  }

  /**
   * @param open ids of all clients that there are; what others had said is forgotten
   * Rejects when it cannot be stored: what would be forgotten must not be relied on.
   */
  async set(client: string, on: boolean, open: readonly string[]): Promise<void> {
    const said = await this.#all()
    said.set(client, on)
    for (const id of said.keys()) if (id !== client && !open.includes(id)) said.delete(id)
    await (await this.#open()).put('settings', [...said], KEY)
  }

  #all(): Promise<Map<string, boolean>> {
    this.#reading ??= this.#read().then((said) => {
      this.#said = said
      return said
    })
    return this.#reading
  }

  async #read(): Promise<Map<string, boolean>> {
    try {
      return new Map((await (await this.#open()).get('settings', KEY)) as [string, boolean][] | undefined)
    } catch {
      return new Map() // without storage nothing was ever confirmed to a page, so pages refuse by themselves
    }
  }
}

/** A client that has not said anything, as a tab that is just loading or a worker, is as private as any. */
const holds = (said: ReadonlyMap<string, boolean>, client: string): boolean =>
  said.get(client) ?? [...said.values()].includes(true)
