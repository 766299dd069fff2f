import { LEAST_PICTURES } from '../../operators/find-watermark/kinds'
import { findWatermark } from '../../operators/find-watermark/spec'
import { inpaint } from '../../operators/inpaint/spec'
import type { BatchItem } from '../api/batch'
import type { ComputePool } from '../compute/pool'
import type { Compute } from '../compute/protocol'
import type { TaskRow } from '../db/schema'
import type { Storage } from '../storage/storage'

interface Parts {
  readonly pool: ComputePool
  readonly storage: Storage
  readonly signal: AbortSignal
  readonly timeoutMs: number
}

const SLOT = 'mark'
const MASK = 'mask'
const SLOTS = findWatermark.inputs.map(({ name }) => name)

/**
 * Pictures of one eraser batch often carry one mark: from some of those without a mask it is estimated, and given to all
 * of them as their mark. The items as they were where there is none, or the estimate fails: each is searched by itself then.
 */
export async function withSharedMark(
  { uid, tool }: TaskRow,
  items: readonly BatchItem[],
  parts: Parts,
): Promise<readonly BatchItem[]> {
  const alone = items.filter(({ inputs }) => !(MASK in inputs) && !(SLOT in inputs))
  if (tool !== inpaint.id || alone.length < LEAST_PICTURES) return items
  const mark = await markOf(alone.slice(0, SLOTS.length), parts)
  if (!mark) return items
  const path = `uploads/${uid}/${SLOT}-of-all.png`
  await parts.storage.put(path, mark)
  return items.map((item) => (alone.includes(item) ? { ...item, inputs: { ...item.inputs, [SLOT]: path } } : item))
}

/** Pictures that cannot be read are left out. */
async function markOf(items: readonly BatchItem[], parts: Parts): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (items.length < LEAST_PICTURES) return undefined
  const outcome = await lookFor(items, parts)
  if (outcome?.ok) return outcome.value.files.find(({ name }) => name === `${SLOT}.png`)?.bytes
  const [slot] = outcome?.issues[0]?.path ?? []
  const wrong = SLOTS.map(String).indexOf(String(slot))
  return wrong < 0 ? undefined : markOf(items.toSpliced(wrong, 1), parts)
}

/** @returns undefined when there is no answer: a file or a process was lost, which is told of each picture */
async function lookFor(items: readonly BatchItem[], { pool, storage, signal, timeoutMs }: Parts) {
  try {
    const files = await Promise.all(items.map(({ inputs }) => storage.read(inputs.image)))
    const inputs = Object.fromEntries(files.map((bytes, i) => [SLOTS[i], bytes]))
    const call = { tool: findWatermark.id, params: { search: 'shared' }, inputs }
    const [outcome] = await pool.call<Compute>({ kind: 'compute', calls: [call] }, { signal, timeoutMs })
    return outcome
  } catch {
    return undefined
  }
}
