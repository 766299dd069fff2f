const WIDTH = 24
const CLEAR = '\r\u001b[K'

/** Where a bar is drawn. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** One line that is written over; nothing where nobody looks. */
export class ProgressBar {
  readonly #terminal: Terminal
  readonly #isShown: boolean
  #line = ''

  constructor(terminal: Terminal, isQuiet: boolean) {
    this.#terminal = terminal
    this.#isShown = terminal.isTTY === true && !isQuiet
  }

  /** @param part what is done of all, 0..1 */
  show(part: number, words: string): void {
    if (!this.#isShown) return
    const full = Math.round(Math.min(1, Math.max(0, part)) * WIDTH)
    const line = `[${'#'.repeat(full)}${'-'.repeat(WIDTH - full)}] ${words}`.slice(
      0,
      (this.#terminal.columns ?? 80) - 1,
    )
    if (line === this.#line) return
    this.#line = line
    this.#terminal.write(CLEAR + line)
  }

  /** Makes room for a line of another kind. */
  clear(): void {
    if (this.#line !== '') this.#terminal.write(CLEAR)
    this.#line = ''
  }
}
