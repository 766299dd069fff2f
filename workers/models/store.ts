import { ToolError } from '../../core/errors'
import { Sha256 } from '../../core/sha256'
import { needsAcceptance } from '../../models/licence'
import type { Model, ModelFile } from '../../models/model'
import { isSupplied } from '../../models/supplied'
import { downloadFile, noRoom, WrongFileError } from './download'
import {
  createFolder,
  findFile,
  findFolder,
  nameOf,
  partOf,
  readNote,
  removeFolder,
  removeNote,
  writeNote,
} from './folder'

/** How a model stands on this device. */
export type Here =
  | { readonly state: 'absent' | 'installed' }
  | { readonly state: 'fetching' | 'paused'; readonly bytes: number; readonly total: number }
  | { readonly state: 'quarantined'; readonly reason: string }

export interface DownloadOptions {
  readonly signal: AbortSignal
  /** All files of the model together. */
  onProgress?(bytes: number, total: number): void
}

/** Every page and worker of the origin hears of changes here: the id of the model. */
export const MODELS_CHANGED = 'darkroom.models'

const ACCEPTED = 'accepted' // the note with the licence that was accepted
const REFUSED = 'refused' // the note that says why a download was not kept
const CHUNK_BYTES = 2 ** 20

const totalBytes = ({ files }: Model): number => files.reduce((sum, { bytes }) => sum + bytes, 0)

/**
 * The models of this device, in its private file system, which only workers write. Several workers may use it at once.
 * Methods throw ToolError.
 */
export const modelStore = { state, isAccepted, accept, download, read, discard, remove, verify }

async function state(model: Model): Promise<Here> {
  const folder = await findFolder(model)
  if (!folder) return { state: 'absent' }
  if (await isWhole(folder, model)) return { state: 'installed' }
  const total = totalBytes(model)
  if (await isLocked(model)) return { state: 'fetching', bytes: await bytesHere(folder, model), total }
  const reason = await readNote(folder, REFUSED)
  if (reason !== undefined) return { state: 'quarantined', reason }
  const bytes = await bytesHere(folder, model)
  return bytes > 0 ? { state: 'paused', bytes, total } : { state: 'absent' }
}

async function isAccepted(model: Model): Promise<boolean> {
  if (!needsAcceptance(model)) return true
  const folder = await findFolder(model)
  return folder !== undefined && (await readNote(folder, ACCEPTED)) === model.licence.weights
}

async function accept(model: Model, isSo: boolean): Promise<void> {
  const folder = await createFolder(model)
  if (isSo) await writeNote(folder, ACCEPTED, model.licence.weights)
  else await removeNote(folder, ACCEPTED)
  changed(model)
}

/**
 * Brings what is missing, checked. One worker at a time does: another one that asks waits, and finds it there.
 *
 * @throws ToolError forbidden when the licence was not accepted, model-unavailable when the user has to supply it, and
 *   what `downloadFile` throws
 */
async function download(model: Model, { signal, onProgress }: DownloadOptions): Promise<void> {
  if (isSupplied(model)) throw new ToolError('model-unavailable', `${model.title} runs on the server only`)
  if (!(await isAccepted(model))) throw licenceRefusal(model)
  try {
    await locked(model, signal, async () => {
      const folder = await createFolder(model)
      if (await isWhole(folder, model)) return
      changed(model)
      await refuseWithoutRoom(model, totalBytes(model) - (await bytesHere(folder, model)))
      await removeNote(folder, REFUSED)
      await downloadAll(folder, model, signal, onProgress)
    })
  } finally {
    changed(model)
  }
}

async function downloadAll(
  folder: FileSystemDirectoryHandle,
  model: Model,
  signal: AbortSignal,
  onProgress: DownloadOptions['onProgress'],
): Promise<void> {
  let before = 0
  for (const file of model.files) {
    const onBytes = (bytes: number) => onProgress?.(before + bytes, totalBytes(model))
    try {
      if (!(await findFile(folder, nameOf(file)))) await downloadFile(folder, model, file, { signal, onBytes })
    } catch (error) {
      if (!(error instanceof WrongFileError)) throw error
      await writeNote(folder, REFUSED, error.message)
      throw new ToolError('model-unavailable', `${model.title} was refused: ${error.message}`, { cause: error })
    }
    before += file.bytes
  }
  await keepOnly(folder, model.files)
}

/** These files and the accepted licence: others are of an older manifest, or not wanted any more. */
async function keepOnly(folder: FileSystemDirectoryHandle, files: readonly ModelFile[]): Promise<void> {
  const known = new Set([ACCEPTED, ...files.map(nameOf)])
  for await (const name of folder.keys()) if (!known.has(name)) await removeNote(folder, name)
}

/** The files in the order of the manifest. @throws ToolError model-unavailable */
async function read(model: Model): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const folder = await findFolder(model)
  if (!folder || !(await isWhole(folder, model))) {
    throw new ToolError('model-unavailable', `${model.title} is not on this device; download it first`)
  }
  if (!(await isAccepted(model))) throw licenceRefusal(model)
  return Promise.all(
    model.files.map(async (file) => {
      const content = await findFile(folder, nameOf(file))
      return new Uint8Array((await content?.arrayBuffer()) ?? new ArrayBuffer(0))
    }),
  )
}

/** Throws away what a stopped download left. */
async function discard(model: Model): Promise<void> {
  await locked(model, NEVER, async () => {
    const folder = await findFolder(model)
    if (!folder) return
    for (const file of model.files) await removeNote(folder, partOf(file))
    await removeNote(folder, REFUSED)
  })
  changed(model)
}

/** The model and everything about it; an accepted licence stays accepted. */
async function remove(model: Model): Promise<void> {
  await locked(model, NEVER, async () => {
    const folder = await findFolder(model)
    // What is to stay is not written anew: a service worker, which removes models too, cannot.
    if (folder && needsAcceptance(model) && (await isAccepted(model))) await keepOnly(folder, [])
    else await removeFolder(model)
  })
  changed(model)
}

/** Reads every file again; one that is not what it should be is thrown away. @returns whether all are right */
async function verify(model: Model): Promise<boolean> {
  const wrong: string[] = []
  await locked(model, NEVER, async () => {
    const folder = await findFolder(model)
    for (const file of folder ? model.files : []) {
      const content = folder && (await findFile(folder, nameOf(file)))
      if (!folder || !content || (await hashOf(content)) === file.sha256) continue
      await removeNote(folder, nameOf(file))
      await writeNote(folder, REFUSED, `${file.name} was changed on this device`)
      wrong.push(file.name)
    }
  })
  changed(model)
  return wrong.length === 0
}

async function hashOf(content: File): Promise<string> {
  const hash = new Sha256()
  for (let at = 0; at < content.size; at += CHUNK_BYTES) {
    hash.update(new Uint8Array(await content.slice(at, at + CHUNK_BYTES).arrayBuffer()))
  }
  return hash.digest()
}

async function isWhole(folder: FileSystemDirectoryHandle, { files }: Model): Promise<boolean> {
  const sizes = await Promise.all(files.map(async (file) => (await findFile(folder, nameOf(file)))?.size))
  return files.every(({ bytes }, index) => sizes[index] === bytes)
}

async function bytesHere(folder: FileSystemDirectoryHandle, { files }: Model): Promise<number> {
  const sizes = files.map(async (file) => {
    const found = (await findFile(folder, nameOf(file))) ?? (await findFile(folder, partOf(file)))
    return found?.size ?? 0
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

async function refuseWithoutRoom({ title }: Model, missing: number): Promise<void> {
  const { quota, usage } = await navigator.storage.estimate()
  if (quota !== undefined && usage !== undefined && quota - usage < missing) throw noRoom(title)
}

export function licenceRefusal({ title, licence }: Model): ToolError {
  return new ToolError('forbidden', `${title} is under "${licence.weights}", which has to be accepted first`)
}

const NEVER = new AbortController().signal
const lockOf = ({ id }: Model) => `${MODELS_CHANGED}.${id}`

async function locked(model: Model, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  try {
    await navigator.locks.request(lockOf(model), { signal }, work)
  } catch (error) {
    if (signal.aborted) throw new ToolError('canceled', 'Canceled')
    throw error
  }
}

async function isLocked(model: Model): Promise<boolean> {
  const { held = [] } = await navigator.locks.query()
  return held.some(({ name }) => name === lockOf(model))
}

function changed({ id }: Model): void {
  const channel = new BroadcastChannel(MODELS_CHANGED)
  channel.postMessage(id)
  channel.close()
}
