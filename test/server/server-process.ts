import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { onTestFinished } from 'vitest'

const MAIN = resolve('.build/server/main.js')

export interface ServerProcess {
  readonly address: string
  readonly pid: number
  /** What it said so far, on both outputs. */
  said(): string
  kill(signal: NodeJS.Signals): Promise<void>
  /** Ctrl-C: the signal goes to the process and its children alike. */
  interrupt(): Promise<void>
}

/**
 * Starts the built server, as `npm start` does, in a folder without pages.
 *
 * @throws Error with what it said, when it ends in place of starting
 */
export async function startProcess(folder: string, env: Record<string, string | undefined>): Promise<ServerProcess> {
  if (!existsSync(MAIN)) throw new Error('The server is not built: run "npm run build" first')
  const child = spawn(process.execPath, [MAIN], {
    cwd: folder,
    env: {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      PORT: '0',
      DATA_DIR: folder,
      WORKERS: '2',
      LOG_LEVEL: 'warn',
      MODELS_FETCH: 'asked',
      ...env,
    },
    detached: true, // a group of its own, as in a terminal
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const listen = (chunk: Buffer) => {
    said += chunk
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  const kill = (signal: NodeJS.Signals) => end(child, () => child.kill(signal))
  const interrupt = () => end(child, () => process.kill(-(child.pid ?? Number.NaN), 'SIGINT'))
  onTestFinished(() => kill('SIGKILL'))
  const address = await new Promise<string>((found, reject) => {
    child.stdout.on('data', () => {
      const match = /ready(?: at (http:\S+))?/.exec(said)
      if (match) found(match[1] ?? '')
    })
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}: ${said}`)))
  })
  return { address, pid: child.pid ?? Number.NaN, said: () => said, kill, interrupt }
}

async function end(child: ChildProcess, send: () => void): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  send()
  await exit
}
