import { ToolError } from '../../core/errors'
import type { Model, ModelFile } from '../../models/model'
import { createFile } from './sync-access'

/** Below the origin's private file system; models in work have files ending in `.part`. */
const ROOT = 'models'

/** @throws ToolError unavailable where the browser keeps no files, as in some private windows */
async function modelsFolder(): Promise<FileSystemDirectoryHandle> {
  try {
    const root = await navigator.storage.getDirectory()
    return await root.getDirectoryHandle(ROOT, { create: true })
  } catch (cause) {
    throw new ToolError('unavailable', 'This browser window keeps no files, so models cannot be stored in it', {
      cause,
    })
  }
}

export async function createFolder({ id }: Model): Promise<FileSystemDirectoryHandle> {
  return (await modelsFolder()).getDirectoryHandle(id, { create: true })
}

/** The model's folder; undefined when there is none. */
export async function findFolder({ id }: Model): Promise<FileSystemDirectoryHandle | undefined> {
  return (await modelsFolder()).getDirectoryHandle(id).catch(() => undefined)
}

export async function removeFolder({ id }: Model): Promise<void> {
  await (await modelsFolder()).removeEntry(id, { recursive: true }).catch(ignoreMissing)
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error
}

/** A finished file is named by its hash: it is there only after it was checked, and new weights are another file. */
export const nameOf = ({ sha256, name }: ModelFile): string => sha256 ?? name
export const partOf = (file: ModelFile): string => `${nameOf(file)}.part`

/** Undefined when it is not there. */
export async function findFile(folder: FileSystemDirectoryHandle, name: string): Promise<File | undefined> {
  const handle = await folder.getFileHandle(name).catch(() => undefined)
  return handle?.getFile()
}

/** Small notes beside the weights. */
export async function readNote(folder: FileSystemDirectoryHandle, name: string): Promise<string | undefined> {
  return (await findFile(folder, name))?.text()
}

export async function writeNote(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  const handle = await createFile(folder, name)
  const access = await handle.createSyncAccessHandle()
  try {
    access.truncate(0)
    access.write(new TextEncoder().encode(text), { at: 0 })
  } finally {
    access.close()
  }
}

export async function removeNote(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  await folder.removeEntry(name).catch(ignoreMissing)
}
