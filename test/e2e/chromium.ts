import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

interface Browser {
  readonly executablePath: string
  readonly env: Record<string, string>
}

/** A Chromium of the machine, else the one that `@sparticuz/chromium` carries, unpacked into the temporary folder. */
export async function findChromium(): Promise<Browser> {
  const found = process.env.CHROMIUM ?? onPath()
  return found ? { executablePath: found, env: ownEnv() } : carried()
}

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((file) => existsSync(file))
}

async function carried(): Promise<Browser> {
  // The package unpacks the libraries a bare system lacks (nss, nspr, expat) only where it believes to be on AWS.
  process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x'
  const { default: chromium } = await import('@sparticuz/chromium')
  return { executablePath: await chromium.executablePath(), env: ownEnv() } // its import has set LD_LIBRARY_PATH
}

function ownEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]))
}
