import type { Outcome } from '../../core/errors'
import { failure, ToolError } from '../../core/errors'
import { mergedRuns } from '../../core/merged-runs'
import type { Checkpoint } from '../../core/progress'
import { type Executed, execute, type Platform } from '../../operators/execute'
import { type BatchItem, type ItemDone, itemFile } from '../api/batch'
import type { Storage } from '../storage/storage'
import type { Batch } from './protocol'

interface Host {
  readonly platform: Platform
  readonly storage: Storage
  /** Reports progress, and throws when canceled. */
  readonly checkpoint: Checkpoint
}

/** Pictures in work at once: while one is before the model, others are read, decoded, covered and encoded. */
const IN_FLIGHT = 4

/**
 * Does the same with many files. A few are in work at once, so that the model need not wait for pictures, and however
 * many there are, memory holds only those.
 */
export async function runBatch(work: Batch, host: Host): Promise<ItemDone[]> {
  const { platform, checkpoint } = host
  const shared = { ...platform, models: mergedRuns(platform.models, platform.modelBatch ?? 1) }
  const done: ItemDone[] = []
  let [next, ended] = [0, 0]
  const lane = async () => {
    for (let i = next++; i < work.items.length; i = next++) {
      done[i] = await runItem(work, work.items[i], { ...host, platform: shared })
      await checkpoint(++ended, work.items.length)
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
  return done
}

async function runItem({ tool, params, results }: Batch, item: BatchItem, host: Host): Promise<ItemDone> {
  const outcome = await executeItem(tool, params, item, host)
  const { name, stem, thumbnail } = item
  if (!outcome.ok) {
    if (outcome.code === 'canceled') throw new ToolError('canceled', outcome.message)
    return { result: { name, code: outcome.code, error: outcome.message } }
  }
  const { data, files, thumbnails, ran, timings } = outcome.value
  const named = files.map((file) => ({ name: itemFile(file, stem), bytes: file.bytes }))
  const small = thumbnails?.[thumbnail.slot]
  await Promise.all([
    ...named.map((file) => host.storage.put(`${results}/${file.name}`, file.bytes)),
    ...(small ? [host.storage.put(thumbnail.path, small)] : []),
  ])
  return { result: { name, files: named.map((file) => file.name), data }, ran, timings }
}

/** A file that storage has lost is that item's failure, too. */
async function executeItem(
  tool: string,
  params: Batch['params'],
  { inputs }: BatchItem,
  { platform, storage, checkpoint }: Host,
): Promise<Outcome<Executed>> {
  try {
    const read = Object.entries(inputs).map(async ([slot, key]) => [slot, await storage.read(key)] as const)
    const call = { tool, params, inputs: Object.fromEntries(await Promise.all(read)), thumbnails: true }
    // Progress is counted in items: of one item only its breathing and its cancel are of interest.
    return await execute(call, platform, () => checkpoint(Number.NaN, 1))
  } catch (error) {
    return failure(error, platform.log)
  }
}
