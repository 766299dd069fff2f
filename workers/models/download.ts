import { ToolError } from '../../core/errors'
import { Sha256 } from '../../core/sha256'
import type { Model, ModelFile } from '../../models/model'
import { pause } from '../pause'
import { nameOf, partOf } from './folder'
import { createFile, type SyncAccess } from './sync-access'

interface Progress {
  readonly signal: AbortSignal
  /** Bytes of this file that are here. */
  onBytes(bytes: number): void
}

const TRIES = 4
const PAUSE_MS = 500 // before the second try; then twice as long each time
const CHUNK_BYTES = 2 ** 20

/** What arrived is not the file that the manifest names. */
export class WrongFileError extends Error {
  override readonly name = 'WrongFileError'
}

/**
 * Brings one file from Darkroom's own server; goes on where an earlier try stopped. What arrived stays when this one
 * stops too.
 *
 * @throws WrongFileError, then nothing stays
 * @throws ToolError canceled, storage-full, unavailable when the connection is lost for good, model-unavailable when the
 *   server does not have the model
 */
export async function downloadFile(
  folder: FileSystemDirectoryHandle,
  model: Model,
  file: ModelFile,
  progress: Progress,
): Promise<void> {
  const part = await createFile(folder, partOf(file))
  const access = await part.createSyncAccessHandle()
  let isWhole = false
  try {
    await fill(access, model, file, progress)
    isWhole = true
  } catch (error) {
    if (error instanceof WrongFileError) access.truncate(0)
    throw error
  } finally {
    access.flush()
    access.close()
    if (isWhole) await part.move(nameOf(file))
  }
}

async function fill(access: SyncAccess, model: Model, file: ModelFile, progress: Progress) {
  const { signal } = progress
  for (let tries = 1; ; tries++) {
    const before = access.getSize()
    try {
      const hash = await receive(access, model, file, progress)
      if (hash === file.sha256) return
      throw new WrongFileError(`${file.name} has another content than it should: SHA-256 ${hash}, not ${file.sha256}`)
    } catch (error) {
      if (signal.aborted) throw new ToolError('canceled', 'Canceled')
      if (error instanceof ToolError || error instanceof WrongFileError) throw error
      if (access.getSize() > before) tries = 1 // it goes on: the network is poor, not gone
      if (tries >= TRIES) throw cut(model, file, access.getSize(), error)
      await pause(PAUSE_MS * 2 ** (tries - 1), signal).catch(() => {
        throw new ToolError('canceled', 'Canceled')
      })
    }
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`

function cut({ title }: Model, { bytes }: ModelFile, have: number, cause: unknown): ToolError {
  const message = `The download of ${title} stopped at ${megabytes(have)} of ${megabytes(bytes)}; it goes on from there next time`
  return new ToolError('unavailable', message, { cause })
}

/** @returns the hash of the whole file */
async function receive(access: SyncAccess, model: Model, file: ModelFile, progress: Progress) {
  let hash = new Sha256()
  let at = reread(access, file, hash)
  if (at < file.bytes) {
    const response = await request(model, file, at, progress.signal)
    if (response.status !== 206 && at > 0) {
      access.truncate(0)
      hash = new Sha256()
      at = 0
    }
    progress.onBytes(at)
    for await (const chunk of chunksOf(response.body)) {
      put(access, chunk, at, model)
      hash.update(chunk)
      at += chunk.length
      if (at > file.bytes) throw new WrongFileError(`${file.name} is longer than ${file.bytes} bytes`)
      progress.onBytes(at)
    }
    if (at < file.bytes) throw new Error('The answer was cut short')
  }
  progress.onBytes(at)
  return hash.digest()
}

/** Written out because not every browser iterates over streams by itself. */
async function* chunksOf(body: Response['body']): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader()
  if (!reader) return
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    await reader.cancel().catch(() => {}) // of a stream that broke there is nothing to end
  }
}

/** What an earlier try left. @returns how many bytes */
function reread(access: SyncAccess, file: ModelFile, hash: Sha256): number {
  if (access.getSize() > file.bytes) access.truncate(0)
  const chunk = new Uint8Array(CHUNK_BYTES)
  let at = 0
  for (let read = access.read(chunk, { at }); read > 0; read = access.read(chunk, { at })) {
    hash.update(chunk.subarray(0, read))
    at += read
  }
  return at
}

async function request({ id, title }: Model, file: ModelFile, from: number, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = from > 0 ? { Range: `bytes=${from}-`, 'If-Range': `"${file.sha256}"` } : {}
  // A copy in the HTTP cache would take the same room again.
  const response = await fetch(`/models/${id}/${file.name}`, { headers, signal, cache: 'no-store' })
  if (response.ok) return response
  await response.body?.cancel()
  if (response.status >= 500) throw new Error(`The server answered with status ${response.status}`)
  throw new ToolError('model-unavailable', `The server does not have the model ${title} yet; fetch it there first`)
}

function put(access: SyncAccess, chunk: Uint8Array<ArrayBuffer>, at: number, { title }: Model): void {
  try {
    const written = access.write(chunk, { at })
    if (written < chunk.length) throw new DOMException('Short write', 'QuotaExceededError')
  } catch (cause) {
    throw noRoom(title, cause)
  }
}

export function noRoom(title: string, cause?: unknown): ToolError {
  const message = `There is no room for ${title} on this device; remove other models or free space, then try again`
  return new ToolError('storage-full', message, { cause })
}
