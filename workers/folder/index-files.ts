import { type Failure, failure, ToolError } from '../../core/errors'
import { inLanes } from '../../core/lanes'
import { Sha256 } from '../../core/sha256'
import type { FolderStore } from './database'
import type { Gate } from './gate'
import type { FolderFile, Picture, StoredPrint } from './picture'
import type { FolderTools } from './tools'

/** A file that could not be fingerprinted, and why. */
export interface Skipped {
  readonly path: string
  readonly failure: Failure
}

export interface IndexProgress {
  readonly done: number
  readonly total: number
  /** How many of them were known from an earlier time. */
  readonly known: number
  readonly skipped: readonly Skipped[]
  /** The model's bytes, while it is fetched. */
  readonly loading?: { readonly done: number; readonly total: number }
}

export interface Indexed {
  readonly pictures: readonly Picture[]
  readonly skipped: readonly Skipped[]
}

interface IndexOptions {
  readonly store: FolderStore
  readonly tools: FolderTools
  readonly gate: Gate
  readonly signal: AbortSignal
  onProgress(progress: IndexProgress): void
}

const AT_ONCE = 2 // one is read and hashed while the other is computed
const OF_FILE: readonly string[] = ['unreadable', 'too-large', 'invalid-input', 'internal']

/**
 * Fingerprints every file that is not known yet, and keeps what it learns at once: stopped at any point, the next time
 * goes on from there. A file that cannot be read is skipped and named.
 *
 * @throws ToolError when nothing can be fingerprinted here, as without the model; canceled
 */
export async function indexFiles(files: readonly FolderFile[], options: IndexOptions): Promise<Indexed> {
  const { gate, signal, onProgress } = options
  const pictures = new Map<string, { print: StoredPrint; files: FolderFile[] }>()
  const skipped: Skipped[] = []
  let [done, known] = [0, 0]
  const report = (loading?: IndexProgress['loading']) =>
    onProgress({ done, total: files.length, known, skipped: [...skipped], loading })
  report()
  await inLanes(files.length, AT_ONCE, async (index) => {
    await gate.pass(signal)
    const entry = files[index]
    try {
      const { print, wasKnown } = await printOf(entry, options, (loaded, total) => report({ done: loaded, total }))
      const same = pictures.get(print.sha256)
      if (same) same.files.push(entry)
      else pictures.set(print.sha256, { print, files: [entry] })
      if (wasKnown) known++
    } catch (error) {
      skipped.push({ path: entry.path, failure: ofFile(error, signal) })
    }
    done++
    report()
  })
  return { pictures: [...pictures.values()].map(inOrder).sort(byPath), skipped }
}

/** @throws what is not about this file alone */
function ofFile(error: unknown, signal: AbortSignal): Failure {
  signal.throwIfAborted()
  const said = failure(isGone(error) ? gone() : error, console.error)
  if (!isOfFile(said)) throw error
  return said
}

/** Whether it is about one file, and the next one may do. */
export const isOfFile = ({ code }: Pick<Failure, 'code'>): boolean => OF_FILE.includes(code)

const isGone = (error: unknown): boolean => error instanceof DOMException && error.name.startsWith('Not')
const gone = () =>
  new ToolError('unreadable', 'The file was moved or changed since the folder was opened; open the folder again')

async function printOf({ path, file }: FolderFile, options: IndexOptions, onLoading: (a: number, b: number) => void) {
  const { store, tools, signal } = options
  const key = `${path}|${file.size}|${file.lastModified}`
  const isCurrent = (print?: StoredPrint): print is StoredPrint => print?.contract === tools.contract
  const sha256 = (await store.seen(key)) ?? (await hashOf(file))
  const kept = await store.print(sha256)
  const print = isCurrent(kept) ? kept : await tools.fingerprint(file, { signal, onLoading })
  if (!isCurrent(kept)) await store.keepPrint(print)
  await store.keepSeen(key, print.sha256)
  return { print, wasKnown: isCurrent(kept) }
}

const CHUNK_BYTES = 2 ** 22

/** The browser's own digest where the page is served securely. */
async function hashOf(file: Blob): Promise<string> {
  if (globalThis.isSecureContext) {
    const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
    return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  }
  const hash = new Sha256()
  for (let at = 0; at < file.size; at += CHUNK_BYTES) {
    hash.update(new Uint8Array(await file.slice(at, at + CHUNK_BYTES).arrayBuffer()))
  }
  return hash.digest()
}

const inOrder = ({ print, files }: Picture): Picture => ({
  print,
  files: [...files].sort((a, b) => (a.path < b.path ? -1 : 1)),
})

const byPath = (a: Picture, b: Picture): number => (a.files[0].path < b.files[0].path ? -1 : 1)
