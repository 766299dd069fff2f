import { spawn } from 'node:child_process'
import { cp } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { MODEL_CACHE } from '../models/model-cache'
import { temporaryFolder } from '../server/support'

const BIN = resolve('cli/bin.mjs')

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly bytes: Buffer
  readonly stderr: string
}

interface Options {
  readonly cwd: string
  readonly stdin?: Uint8Array
  readonly env?: Readonly<Record<string, string>>
  /** Is called with what was said on the error output so far, and how to send a signal. */
  onStart?(kill: (signal: NodeJS.Signals) => void): void
}

/** Runs the command as a shell would, without one: patterns reach it as they are. */
export function darkroom(args: readonly string[], { cwd, stdin, env, onStart }: Options): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    stdio: 'pipe',
    env: {
      NODE_ENV: 'test',
      PATH: process.env.PATH,
      DATA_DIR: join(cwd, 'data'),
      MODELS_CACHE: MODEL_CACHE,
      MODELS_FETCH: 'asked',
      ...env,
    },
  })
  const [out, err]: Buffer[][] = [[], []]
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => err.push(chunk))
  child.stdin.end(stdin)
  onStart?.((signal) => child.kill(signal))
  return new Promise((end, fail) => {
    child.once('error', fail)
    child.once('close', (code) => {
      const bytes = Buffer.concat(out)
      end({ code, bytes, stdout: bytes.toString(), stderr: Buffer.concat(err).toString() })
    })
  })
}

/** A new folder with these files of the repository. */
export async function folderWith(...files: readonly string[]): Promise<string> {
  const folder = await temporaryFolder()
  await Promise.all(files.map((file) => cp(file, join(folder, file.split('/').at(-1) ?? ''))))
  return folder
}
