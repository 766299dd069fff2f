/** Counts the bytes of pictures that this page has sent to the server, for the page to show. */
export class Traffic {
  readonly #listeners = new Set<() => void>()
  #sent = 0

  imageBytesSent = (): number => this.#sent

  /** @returns a function that ends the subscription */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  add(bytes: number): void {
    if (bytes <= 0) return
    this.#sent += bytes
    for (const listener of this.#listeners) listener()
  }
}
