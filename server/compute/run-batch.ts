import type { Outcome } from '../../core/errors'
import { failure, ToolError, unwrap } from '../../core/errors'
import { inLanes } from '../../core/lanes'
import { mergedRuns } from '../../core/merged-runs'
import type { Checkpoint } from '../../core/progress'
import { type Executed, execute, type Platform } from '../../operators/execute'
import { type BatchItem, type ItemDone, itemFile } from '../api/batch'
import type { Storage } from '../storage/storage'
import { STORE_AWAY } from '../storage/store-failure'
import type { Batch } from './protocol'

interface Host {
  readonly platform: Platform
  readonly storage: Storage
  /** Reports progress, and throws when canceled. */
  readonly checkpoint: Checkpoint
  /** Pixels of a picture, by its header; 0 for a file that is none. */
  pixelsOf(bytes: Uint8Array<ArrayBuffer>): Promise<number>
}

/** Pictures in work at once: while one is before the model, others are read, decoded, covered and encoded. */
const IN_FLIGHT = 4
/** Of all pictures in work; one larger than that is in work alone. */
const MOST_PIXELS = 48e6

/**
 * Does the same with many files. A few are in work at once, so that the model need not wait for pictures, and however
 * many there are, memory holds only those.
 */
export async function runBatch(work: Batch, host: Host): Promise<ItemDone[]> {
  const { platform, checkpoint } = host
  const shared = { ...platform, models: mergedRuns(platform.models, platform.modelBatch ?? 1) }
  const room = new Room(MOST_PIXELS)
  const done: ItemDone[] = []
  let ended = 0
  await inLanes(work.items.length, IN_FLIGHT, async (i) => {
    done[i] = await runItem(work, work.items[i], { ...host, platform: shared }, room)
    await checkpoint(++ended, work.items.length)
  })
  return done
}

async function runItem({ tool, params, results }: Batch, item: BatchItem, host: Host, room: Room): Promise<ItemDone> {
  const outcome = await executeItem(tool, params, item, host, room)
  const { name, stem, thumbnails: wanted } = item
  if (!outcome.ok) {
    if (outcome.code === 'canceled') throw new ToolError('canceled', outcome.message)
    if (outcome.type === STORE_AWAY) unwrap(outcome) // no fault of this picture: the whole task is run again
    return { result: { name, code: outcome.code, error: outcome.message } }
  }
  const { data, files, thumbnails, ran, timings } = outcome.value
  const named = files.map((file) => ({ name: itemFile(file, stem), bytes: file.bytes }))
  await Promise.all([
    ...named.map((file) => host.storage.put(`${results}/${file.name}`, file.bytes)),
    ...wanted.flatMap(({ slot, path }) => (thumbnails?.[slot] ? [host.storage.put(path, thumbnails[slot])] : [])),
  ])
  return { result: { name, files: named.map((file) => file.name), data }, ran, timings }
}

/** A file that storage has lost is that item's failure, too. */
async function executeItem(
  tool: string,
  params: Batch['params'],
  { inputs }: BatchItem,
  { platform, storage, checkpoint, pixelsOf }: Host,
  room: Room,
): Promise<Outcome<Executed>> {
  let pixels = 0
  try {
    const read = Object.entries(inputs).map(async ([slot, key]) => [slot, await storage.read(key)] as const)
    const files = Object.fromEntries(await Promise.all(read))
    const sizes = await Promise.all(Object.values(files).map(pixelsOf))
    pixels = await room.take(sizes.reduce((sum, size) => sum + size, 0))
    // Progress is counted in items: of one item only its breathing and its cancel are of interest.
    const onlyBreathe: Checkpoint = () => checkpoint(Number.NaN, 1)
    return await execute({ tool, params, inputs: files, thumbnails: true }, platform, onlyBreathe)
  } catch (error) {
    return failure(error, platform.log)
  } finally {
    room.give(pixels)
  }
}

/** Keeps what is in work below a limit, first come, first served. */
class Room {
  readonly #most: number
  readonly #waiting: { readonly amount: number; start(): void }[] = []
  #held = 0

  constructor(most: number) {
    this.#most = most
  }

  /** @returns the amount, when there is room for it */
  async take(amount: number): Promise<number> {
    await new Promise<void>((resolve) => {
      this.#waiting.push({ amount, start: resolve })
      this.#startNext()
    })
    return amount
  }

  give(amount: number): void {
    this.#held -= amount
    this.#startNext()
  }

  #startNext(): void {
    for (;;) {
      const [next] = this.#waiting
      if (!next || (this.#held > 0 && this.#held + next.amount > this.#most)) return
      this.#waiting.shift()
      this.#held += next.amount
      next.start()
    }
  }
}
