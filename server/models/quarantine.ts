import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Model } from '../../models/model'
import { workFolders } from './places'

const noteOf = (cache: string, { id }: Model): string => join(workFolders(cache).quarantine, `${id}.txt`)

/** Moves a file that is not what the manifest says to where nothing runs it, and notes why. */
export async function quarantine(cache: string, model: Model, file: string, reason: string): Promise<void> {
  const { quarantine } = workFolders(cache)
  await mkdir(quarantine, { recursive: true })
  const moved = rename(file, join(quarantine, `${model.id}-${basename(file)}`))
  await moved.catch(ignoreMissing) // another process has found it wrong as well
  await writeFile(noteOf(cache, model), reason)
}

/** Why a file of the model was refused; undefined when none was, or a right one has come since. */
export const quarantineNote = (cache: string, model: Model): Promise<string | undefined> =>
  readFile(noteOf(cache, model), 'utf8').catch(() => undefined)

/** Forgets it, once the model is there as it should be. The refused file stays to be looked at. */
export const clearQuarantine = (cache: string, model: Model): Promise<void> => rm(noteOf(cache, model), { force: true })

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}
