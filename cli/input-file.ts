import { openAsBlob } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, extname, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { glob, isDynamicPattern } from 'tinyglobby'
import { UsageError } from './usage-error'

/** A file to work on. */
export interface InputFile {
  /** As it was given, for people. */
  readonly label: string
  /** With its extension, without a folder. */
  readonly name: string
  /** Absolute; undefined for the standard input. */
  readonly path: string | undefined
  read(): Promise<Uint8Array<ArrayBuffer>>
  /** Read only as it is sent. */
  blob(): Promise<Blob>
}

/** What stands for the standard input and output. */
export const STANDARD = '-'

/** @throws UsageError when it is a folder, or is not there */
export async function inputFile(given: string, cwd: string): Promise<InputFile> {
  if (given === STANDARD) return standardInput()
  const path = resolve(cwd, given)
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new UsageError(`There is no file ${JSON.stringify(given)}`)
  if (found.isDirectory()) throw new UsageError(`${JSON.stringify(given)} is a folder; name its files: ${given}/*.jpg`)
  return {
    label: given,
    name: basename(path),
    path,
    read: async () => new Uint8Array(await readFile(path)),
    blob: () => openAsBlob(path),
  }
}

/** Read once, whoever asks. */
function standardInput(): InputFile {
  let all: Promise<Uint8Array<ArrayBuffer>> | undefined
  const read = () => {
    all ??= buffer(process.stdin).then((bytes) => new Uint8Array(bytes))
    return all
  }
  return { label: 'standard input', name: 'stdin', path: undefined, read, blob: async () => new Blob([await read()]) }
}

/**
 * Patterns become the files that they match, in the order of their names: not every shell does it, those of Windows
 * leave it to programs. What is the name of a file is no pattern.
 *
 * @throws UsageError when a pattern matches nothing
 */
export async function expandPatterns(given: readonly string[], cwd: string): Promise<string[]> {
  const expanded = await Promise.all(given.map((one) => expand(one, cwd)))
  return expanded.flat()
}

async function expand(given: string, cwd: string): Promise<string[]> {
  if (given === STANDARD || !isDynamicPattern(given)) return [given]
  if (await stat(resolve(cwd, given)).catch(() => undefined)) return [given]
  const pattern = process.platform === 'win32' ? given.replaceAll('\\', '/') : given
  const found = await glob(pattern, { cwd, expandDirectories: false, caseSensitiveMatch: false })
  if (found.length === 0) throw new UsageError(`No file matches ${JSON.stringify(given)}`)
  return found.sort()
}

/** `car` of `car.jpg`. */
export const stemOf = (name: string): string => basename(name, extname(name))
