import { constants, existsSync, rmSync } from 'node:fs'
import { copyFile, link, mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** A file is in the way that nobody said may be replaced. */
export class FileExistsError extends Error {
  override readonly name = 'FileExistsError'

  constructor(path: string) {
    super(`${path} is there already; replace it with --force, or name another folder with --out`)
  }
}

const unfinished = new Set<string>()
// Also when the process is told to end at once.
process.on('exit', () => {
  for (const path of unfinished) rmSync(path, { force: true })
})

/**
 * A file is there whole or not at all: it is written beside its place and then moved there.
 *
 * @param force whether a file of that name is replaced
 * @throws FileExistsError
 */
export async function writeWhole(path: string, bytes: Uint8Array, force: boolean): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  unfinished.add(part)
  try {
    await writeFile(part, bytes, { flag: 'wx' })
    await (force ? rename(part, path) : moveBeside(part, path))
  } finally {
    await rm(part, { force: true })
    unfinished.delete(part)
  }
}

/** Unlike a rename, a link never replaces what is there. */
async function moveBeside(part: string, path: string): Promise<void> {
  try {
    await link(part, path)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw new FileExistsError(path)
    await copyNew(part, path) // a file system without links
  }
}

async function copyNew(part: string, path: string): Promise<void> {
  try {
    await copyFile(part, path, constants.COPYFILE_EXCL)
  } catch (error) {
    throw codeOf(error) === 'EEXIST' ? new FileExistsError(path) : error
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** @throws FileExistsError when one of them is there, so that nothing is computed or written in vain */
export function refuseExisting(paths: readonly string[], force: boolean): void {
  const taken = force ? undefined : paths.find((path) => existsSync(path))
  if (taken !== undefined) throw new FileExistsError(taken)
}
