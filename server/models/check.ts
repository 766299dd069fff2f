import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { ModelFile } from '../../models/model'

export type Check =
  | { readonly ok: true }
  /** `missing`: the file is not there. `wrong`: it is, and is not what the manifest says. */
  | { readonly ok: false; readonly kind: 'missing' | 'wrong'; readonly file: ModelFile; readonly reason: string }

/** Hash of a whole file, read in pieces. @returns in the named encoding */
export async function hashFile(path: string, algorithm: 'sha256' | 'sha512', encoding: 'hex' | 'base64') {
  const hash = createHash(algorithm)
  await pipeline(createReadStream(path), hash)
  return hash.digest(encoding)
}

/** Compares files with the manifest. A file that has not changed since it was found right is not read again. */
export class Checker {
  private readonly right = new Set<string>()

  /** @returns the first file that is not as it should be */
  async check(folder: string, files: readonly ModelFile[]): Promise<Check> {
    for (const file of files) {
      const result = await this.checkFile(join(folder, file.name), file)
      if (!result.ok) return result
    }
    return { ok: true }
  }

  private async checkFile(path: string, file: ModelFile): Promise<Check> {
    const found = await stat(path).catch(() => undefined)
    if (!found?.isFile()) return { ok: false, kind: 'missing', file, reason: `${file.name} is missing` }
    if (file.sha256 === undefined) return { ok: true } // nobody has published it: its signature is checked as it is opened
    const wrong = (reason: string): Check => ({ ok: false, kind: 'wrong', file, reason })
    if (found.size !== file.bytes) {
      return wrong(`${file.name} has ${found.size} bytes in place of the ${file.bytes} that the manifest names`)
    }
    const key = [path, found.ino, found.size, found.mtimeMs, file.sha256].join(' ')
    if (this.right.has(key)) return { ok: true }
    const sha256 = await hashFile(path, 'sha256', 'hex')
    if (sha256 !== file.sha256) {
      return wrong(`${file.name} has the SHA-256 ${sha256} in place of ${file.sha256}, which the manifest names`)
    }
    this.right.add(key)
    return { ok: true }
  }
}
