import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const PYTHON = '/usr/bin/python3' // Debian's, which has python3-opencv

export interface Cv2 {
  ask<Answer = Record<string, number>>(question: Readonly<Record<string, unknown>>): Promise<Answer>
  stop(): void
}

/** OpenCV in a process that lives as long as the benchmark; undefined where python3-opencv is not installed. */
export function startCv2(script: string): Cv2 | undefined {
  if (spawnSync(PYTHON, ['-c', 'import cv2']).status !== 0) return undefined
  const child: ChildProcessWithoutNullStreams = spawn(PYTHON, [join(import.meta.dirname, script)])
  child.stderr.pipe(process.stderr)
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    async ask(question) {
      child.stdin.write(`${JSON.stringify(question)}\n`)
      const { value, done } = await answers.next()
      if (done) throw new Error(`${script} ended early`)
      return JSON.parse(value)
    },
    stop: () => child.kill(),
  }
}
