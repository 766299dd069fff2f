/** Something that is open and holds memory. */
export interface Entry<Held> {
  readonly key: string
  readonly bytes: number
  readonly held: Promise<Held>
}

interface Kept<Held> extends Entry<Held> {
  users: number
  retired: boolean
}

/**
 * Open things within a memory budget: used ones stay, and of the others those that were used longest ago are closed
 * first. What is in use is never closed, nor what was used last: one thing is always open, however large.
 */
export class SessionCache<Held> {
  readonly #budget: number
  readonly #close: (held: Held) => Promise<void>
  /** In the order of use, the latest last. */
  readonly #entries = new Map<string, Kept<Held>>()
  readonly #closing = new Set<Promise<void>>()
  #bytes = 0

  constructor(budgetBytes: number, close: (held: Held) => Promise<void>) {
    this.#budget = budgetBytes
    this.#close = close
  }

  /** Bytes of everything that is open, being opened or in use. */
  get bytes(): number {
    return this.#bytes
  }

  /** Opens it unless it is open or being opened. Every use is to be ended with `leave`. */
  enter(key: string, bytes: number, open: () => Promise<Held>): Entry<Held> {
    const entry = this.#entries.get(key) ?? this.#add(key, bytes, open)
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    entry.users++
    return entry
  }

  leave(entry: Entry<Held>): void {
    const kept = entry as Kept<Held>
    kept.users--
    if (kept.retired && kept.users === 0) this.#end(kept)
    const [latest] = [...this.#entries.keys()].slice(-1)
    this.#shrink(0, latest)
  }

  /** Lets go of what is not to be used again, at once or when its last user leaves. */
  retire(entry: Entry<Held>): void {
    const kept = entry as Kept<Held>
    if (kept.retired) return
    kept.retired = true
    if (this.#entries.get(kept.key) === kept) this.#entries.delete(kept.key)
    if (kept.users === 0) this.#end(kept)
  }

  /** Closes all; what is in use when its last user leaves. Resolves when the idle ones are closed. */
  async clear(): Promise<void> {
    for (const entry of [...this.#entries.values()]) this.retire(entry)
    await Promise.all(this.#closing)
  }

  #add(key: string, bytes: number, open: () => Promise<Held>): Kept<Held> {
    this.#shrink(bytes)
    const opened = Promise.all(this.#closing).then(open) // what made room must be gone before more is taken
    const entry: Kept<Held> = { key, bytes, held: opened, users: 0, retired: false }
    opened.catch(() => this.retire(entry))
    this.#bytes += bytes
    return entry
  }

  #shrink(coming: number, spared?: string): void {
    for (const entry of [...this.#entries.values()]) {
      if (this.#bytes + coming <= this.#budget) return
      if (entry.users === 0 && entry.key !== spared) this.retire(entry)
    }
  }

  #end(entry: Kept<Held>): void {
    this.#bytes -= entry.bytes
    const closing = entry.held.then(this.#close).catch(() => {}) // one that did not open, or is lost, is gone already
    this.#closing.add(closing)
    void closing.then(() => this.#closing.delete(closing))
  }
}
