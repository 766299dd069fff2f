/** Tells whoever watches a key of its new values. */
export class Changes<T> {
  readonly #watchers = new Map<string, Set<(value: T) => void>>()

  tell(key: string, value: T): void {
    for (const watcher of this.#watchers.get(key) ?? []) watcher(value)
  }

  /** Values told from the moment of the call on, until `signal` aborts; of several that wait, only the last. */
  watch(key: string, signal: AbortSignal): AsyncIterable<T> {
    let latest: T | undefined
    let wake = () => {}
    const watcher = (value: T) => {
      latest = value
      wake()
    }
    const watchers = this.#watchers.get(key) ?? new Set()
    this.#watchers.set(key, watchers.add(watcher))
    signal.addEventListener('abort', () => {
      watchers.delete(watcher)
      if (watchers.size === 0) this.#watchers.delete(key)
      wake()
    })
    return (async function* () {
      while (!signal.aborted) {
        if (latest === undefined) await new Promise<void>((resolve) => (wake = resolve))
        const value = latest
        latest = undefined
        if (value !== undefined) yield value
      }
    })()
  }
}
