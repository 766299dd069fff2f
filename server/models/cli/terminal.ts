import { createInterface } from 'node:readline/promises'

/** Where a command writes, and whom it asks. */
export interface Terminal {
  print(line: string): void
  /** One line that is written over by the next; nothing where the output is no terminal. */
  progress(line: string): void
  /** Undefined where nobody can answer. */
  ask(question: string): Promise<string | undefined>
}

export function createTerminal(): Terminal {
  const { stdin, stdout } = process
  const clear = () => stdout.isTTY && stdout.write('\r\u001b[K')
  return {
    print(line) {
      clear()
      stdout.write(`${line}\n`)
    },
    progress(line) {
      if (stdout.isTTY) stdout.write(`\r\u001b[K${line.slice(0, stdout.columns - 1)}`)
    },
    async ask(question) {
      if (!stdin.isTTY) return undefined
      const lines = createInterface({ input: stdin, output: stdout })
      try {
        return await lines.question(question)
      } finally {
        lines.close()
      }
    },
  }
}
