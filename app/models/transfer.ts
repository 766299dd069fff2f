const WINDOW_MS = 3000 // long enough to be calm, short enough to notice a change of network
const LEAST_MS = 500

interface Sample {
  readonly at: number
  readonly bytes: number
}

export interface Pace {
  readonly bytesPerSecond: number
  readonly leftMs: number
}

/** How quick a transfer is, from what arrived in the last seconds. */
export class TransferMeter {
  #samples: Sample[] = []

  /** @param at milliseconds of a clock that never goes back @param bytes in all so far; fewer than before starts anew */
  add(at: number, bytes: number): void {
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = []
    const first = this.#samples.findIndex((sample) => at - sample.at <= WINDOW_MS)
    this.#samples = [...(first < 0 ? [] : this.#samples.slice(first)), { at, bytes }]
  }

  /** Null until enough has arrived to tell, and while nothing does. */
  pace(total: number): Pace | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (!first || !last || last.at - first.at < LEAST_MS || last.bytes === first.bytes) return null
    const bytesPerSecond = ((last.bytes - first.bytes) * 1000) / (last.at - first.at)
    return { bytesPerSecond, leftMs: ((total - last.bytes) * 1000) / bytesPerSecond }
  }
}
