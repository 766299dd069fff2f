import * as z from 'zod'
import { ToolError } from '../../core/errors'
import type { Ran, Timings } from '../../core/ran'
import type { ResultFile } from '../../operators/execute'
import type { InputFile } from './task'

/** What became of one file of a task that does the same with many. */
const ItemResult = z.union([
  z.object({
    /** The upload's name, as the task lists it. */
    name: z.string(),
    /** Names of what the tool made of it. */
    files: z.array(z.string()),
    /** What the tool answers for one file. */
    data: z.record(z.string(), z.unknown()),
  }),
  z.object({ name: z.string(), code: z.string(), error: z.string() }),
])
export type ItemResult = z.infer<typeof ItemResult>

/** `result_data` of such a task, in the order of the uploads. */
export const BatchData = z.object({ items: z.array(ItemResult) })
export type BatchData = z.infer<typeof BatchData>

/** What one call of a batch came to, as long as the others are under way. */
export interface ItemDone {
  readonly result: ItemResult
  /** Not there when it failed. */
  readonly ran?: Ran
  readonly timings?: Timings
}

/**
 * What a batch came to.
 *
 * @throws ToolError when no file could be done for lack of a model: that is no file's failure
 */
export function batchResult(uid: string, place: Ran['place'], done: readonly ItemDone[]) {
  const items = done.map(({ result }) => result)
  const [first] = items
  if ('error' in first && items.every((item) => 'error' in item && item.code === 'model-unavailable')) {
    throw new ToolError('model-unavailable', first.error)
  }
  const sum = (phase: keyof Timings) => done.reduce((total, { timings }) => total + (timings?.[phase] ?? 0), 0)
  return {
    data: { items },
    files: items.flatMap((item) => ('files' in item ? item.files.map((name) => `results/${uid}/${name}`) : [])),
    ran: done.find(({ ran }) => ran)?.ran ?? { place, backend: 'none' },
    timings: { decode: sum('decode'), modelLoad: sum('modelLoad'), compute: sum('compute'), encode: sum('encode') },
  }
}

/** One call of a task that does the same with many files. */
export interface BatchItem {
  readonly name: string
  /** What its results are named after: no two items have the same. */
  readonly stem: string
  /** Storage key of each input, by slot; those that all items share are among them, unless it has its own. */
  readonly inputs: Readonly<Record<string, string>>
  /** Where the thumbnails of its own files go, and of which slots. */
  readonly thumbnails: readonly { readonly slot: string; readonly path: string }[]
}

type Input = Pick<InputFile, 'slot' | 'name' | 'path' | 'thumbnail' | 'item'>

/** The calls of a task, in the order of its uploads; none where it is not a batch. */
export function itemsOf(inputs: readonly Input[]): BatchItem[] {
  const own = byItem(inputs)
  const shared = inputs.filter(({ item }) => item === undefined)
  const stems = uniqueStems(own.map(([{ name }]) => name))
  return own.map((files, i) => ({
    name: files[0].name,
    stem: stems[i],
    inputs: Object.fromEntries([...shared, ...files].map(({ slot, path }) => [slot, path])),
    thumbnails: files.map(({ slot, thumbnail }) => ({ slot, path: thumbnail })),
  }))
}

/** The files of each item, in the order of the items; the first is what the item is called after. */
export function byItem<T extends { readonly item?: number }>(inputs: readonly T[]): T[][] {
  const items = new Map<number, T[]>()
  for (const input of inputs) {
    if (input.item === undefined) continue
    const files = items.get(input.item)
    if (files) files.push(input)
    else items.set(input.item, [input])
  }
  return [...items.values()]
}

/** `covered.webp` of `car.jpg` is `covered_car.webp`. */
export function itemFile({ name }: Pick<ResultFile, 'name'>, stem: string): string {
  const dot = name.lastIndexOf('.')
  return `${name.slice(0, dot)}_${stem}${name.slice(dot)}`
}

/** `car.jpg` and `car.png` must not become one file, also where case does not count. */
function uniqueStems(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const stem = stemOf(name)
    let unique = stem
    for (let copy = 2; taken.has(unique.toLowerCase()); copy++) unique = `${stem}_${copy}`
    taken.add(unique.toLowerCase())
    return unique
  })
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
