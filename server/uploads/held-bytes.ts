import { ToolError } from '../../core/errors'

/** How much of all requests together lies in memory: what comes over that has to come again later. */
export class HeldBytes {
  readonly #most: number
  #held = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Of all requests together, now. */
  get held(): number {
    return this.#held
  }

  /**
   * A request larger than the whole budget is let in alone: its own limit allows it.
   *
   * @returns gives it back, once
   * @throws ToolError busy
   */
  take(bytes: number): () => void {
    if (this.#held > 0 && this.#held + bytes > this.#most) {
      throw new ToolError('busy', 'Too many files are being worked on at once; send the request again later')
    }
    this.#held += bytes
    let isTaken = true
    return () => {
      if (isTaken) this.#held -= bytes
      isTaken = false
    }
  }
}
