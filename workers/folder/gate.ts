/** Halts work between two pieces: it waits here while the gate is closed. */
export class Gate {
  #waiting: (() => void)[] = []
  #isOpen = true

  get isOpen(): boolean {
    return this.#isOpen
  }

  close(): void {
    this.#isOpen = false
  }

  open(): void {
    this.#isOpen = true
    for (const go of this.#waiting.splice(0)) go()
  }

  /** Resolves once the gate is open. @throws the reason of the signal when it aborts first */
  async pass(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (this.#isOpen) return
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
    })
    signal.throwIfAborted()
  }
}
