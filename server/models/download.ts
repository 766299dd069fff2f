import { createHash } from 'node:crypto'
import { type FileHandle, mkdir, open, readFile, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ToolError } from '../../core/errors'
import { isDiskFull } from '../storage/disk-full'
import { reasonOf } from './reasons'

/** What a server answered: only what a download needs. */
export interface Answer {
  readonly status: number
  header(name: string): string | null
  readonly body: AsyncIterable<Uint8Array>
}

/** Asks for the address with these headers. Redirects have been followed. */
export type Request = (headers: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<Answer>

export interface DownloadOptions {
  /** For people: the address, or the package. */
  readonly name: string
  /** Folder for the part that is there already; it outlives this process. */
  readonly folder: string
  /** As long as the file is known to be; a longer answer is cut off. */
  readonly bytes: number
  readonly onProgress?: (bytes: number) => void
  readonly signal?: AbortSignal
  readonly patience?: Patience
}

export interface Patience {
  /** Tries in a row that bring nothing new. */
  readonly tries: number
  /** Wait before the second try; doubled each time. */
  readonly waitMs: number
  /** An answer that stays silent for so long is given up. */
  readonly silenceMs: number
}

const PATIENCE: Patience = { tries: 4, waitMs: 500, silenceMs: 30_000 }

export interface Downloaded {
  readonly path: string
  /** Whether an earlier part was gone on with. */
  readonly resumed: boolean
}

/** The source does not have it; trying again is of no use. */
class RefusedError extends Error {
  override readonly name = 'RefusedError'
}

/** Where the part of a download lies until it is whole. */
export const partOf = (folder: string, name: string): string =>
  join(folder, `${createHash('sha256').update(name).digest('hex').slice(0, 24)}.part`)

/**
 * Downloads a file of known length, going on after cuts, in this process or a later one, with Range requests.
 *
 * @returns the whole file, under a name that the caller moves away
 * @throws ToolError model-unavailable when the source does not give it, storage-full when the disk is full
 */
export async function download(request: Request, options: DownloadOptions): Promise<Downloaded> {
  const { name, folder, bytes, patience = PATIENCE } = options
  await mkdir(folder, { recursive: true })
  const path = partOf(folder, name)
  const resumed = (await sizeOf(path)) > 0
  await requireRoom(folder, name, bytes - (await sizeOf(path)))
  for (let tries = 1, had = await sizeOf(path); had < bytes; ) {
    const failure = await fetchRest(request, path, options).catch((error: unknown) => error)
    const has = await sizeOf(path)
    if (failure !== undefined) rethrow(failure, options)
    if (has >= bytes) break
    tries = has > had ? 1 : tries + 1
    had = has
    if (tries > patience.tries) throw gone(name, failure ?? new Error('The answer was cut off'))
    await sleep(patience.waitMs * 2 ** (tries - 1), undefined, { signal: options.signal })
  }
  return { path, resumed }
}

/** Before anything is fetched in vain. The disk may be filled by others meanwhile, which is noticed as well. */
async function requireRoom(folder: string, name: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize >= bytes) return
  const [wanted, free] = [bytes, bavail * bsize].map((count) => `${Math.ceil(count / 1e6)} MB`)
  throw new ToolError('storage-full', `The disk is full: ${name} needs ${wanted}, and ${free} are free`)
}

/** Only a cut is worth another try. */
function rethrow(failure: unknown, { name, signal }: DownloadOptions): void {
  signal?.throwIfAborted()
  if (failure instanceof RefusedError) throw gone(name, failure)
  if (isDiskFull(failure)) {
    throw new ToolError('storage-full', `The disk is full: ${name} could not be stored`, { cause: failure })
  }
}

const gone = (name: string, cause: unknown): ToolError =>
  new ToolError('model-unavailable', `${name} could not be fetched: ${reasonOf(cause)}`, { cause })

async function fetchRest(request: Request, path: string, options: DownloadOptions): Promise<void> {
  const had = await sizeOf(path)
  const silence = new Silence(options.patience?.silenceMs ?? PATIENCE.silenceMs, options.signal)
  try {
    const answer = await request(await rangeHeaders(path, had), silence.signal)
    const from = startOf(answer, had)
    await writeFile(`${path}.tag`, answer.header('etag') ?? '')
    await append(answer, path, from, options, silence)
  } finally {
    silence.end()
  }
}

async function rangeHeaders(path: string, had: number): Promise<Record<string, string>> {
  if (had === 0) return {}
  const tag = await readFile(`${path}.tag`, 'utf8').catch(() => '')
  const range = { range: `bytes=${had}-` }
  // Weak tags do not promise the same bytes; without a tag the hash at the end has to tell.
  return tag === '' || tag.startsWith('W/') ? range : { ...range, 'if-range': tag }
}

/** Where the answer's bytes belong: after the part, or at the beginning when the server starts anew. */
function startOf({ status, header }: Answer, had: number): number {
  if (status === 206 && header('content-range')?.startsWith(`bytes ${had}-`)) return had
  if (status === 200) return 0
  throw status >= 500 || status === 429 || status === 416 || status === 206
    ? new Error(`The answer was ${status}`)
    : new RefusedError(`The answer was ${status}`)
}

async function append(
  answer: Answer,
  path: string,
  from: number,
  { bytes, onProgress }: DownloadOptions,
  silence: Silence,
): Promise<void> {
  const file: FileHandle = await open(path, from === 0 ? 'w' : 'a')
  let has = from
  try {
    for await (const chunk of answer.body) {
      silence.heard()
      has += chunk.length
      if (has > bytes) throw new RefusedError(`The answer is longer than the ${bytes} bytes it should have`)
      await file.writeFile(chunk)
      onProgress?.(has)
    }
  } finally {
    await file.close()
  }
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  )

/** Forgets a download: the file was moved, or is of no use. */
export async function forget(path: string): Promise<void> {
  await rm(path, { force: true })
  await rm(`${path}.tag`, { force: true })
}

/** Aborts when nothing was heard for a while. */
class Silence {
  private readonly controller = new AbortController()
  private readonly ms: number
  readonly signal: AbortSignal
  private timer: NodeJS.Timeout | undefined

  constructor(ms: number, outer: AbortSignal | undefined) {
    this.ms = ms
    this.signal = outer ? AbortSignal.any([outer, this.controller.signal]) : this.controller.signal
    this.heard()
  }

  heard(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.controller.abort(new Error('Nothing came for too long')), this.ms)
  }

  end(): void {
    clearTimeout(this.timer)
  }
}
