import { CANDIDATES, candidates, type Print } from '../core/copies/candidates'
import { groupsOf } from '../core/copies/groups'
import { type Outcome, unwrap } from '../core/errors'
import { inLanes } from '../core/lanes'
import { compareCopies } from '../operators/compare-copies/spec'
import { fingerprint } from '../operators/fingerprint/spec'
import type { Engine } from './engines/engine'
import type { InputFile } from './input-file'
import type { ProgressBar } from './progress-bar'

export interface CopyGroup {
  readonly files: readonly InputFile[]
  /** Why they are one group: which are made from which. */
  readonly links: readonly CopyLink[]
}

interface CopyLink {
  readonly a: InputFile
  readonly b: InputFile
  readonly verdict: string
  readonly probability: number
}

interface Search {
  readonly files: readonly InputFile[]
  readonly engine: Engine
  readonly bar: ProgressBar
  readonly signal: AbortSignal
  /** Is told of a picture that could not be read; the others are compared. */
  onFailure(file: InputFile, message: string): void
}

/** Which of many pictures are copies of each other: fingerprints name candidates, alignment decides. */
export async function findCopies(search: Search): Promise<CopyGroup[]> {
  const prints = await fingerprintAll(search)
  const known = [...prints.keys()]
  const pairs = await candidates([...prints.values()], CANDIDATES, async () => search.signal.throwIfAborted())
  const links = await compareAll(search, known, pairs)
  const linked = links.map(({ a, b }) => ({ a: known.indexOf(a), b: known.indexOf(b) }))
  return groupsOf(known.length, linked).map((group) => {
    const files = group.map((i) => known[i])
    return { files, links: links.filter(({ a }) => files.includes(a)) }
  })
}

async function fingerprintAll({ files, engine, bar, signal, onFailure }: Search): Promise<Map<InputFile, Print>> {
  const params = fingerprint.params.parse({})
  const found: Outcome<Print>[] = []
  let ended = 0
  await inLanes(files.length, engine.lanes, async (i) => {
    bar.show(ended / files.length, `fingerprints ${ended}/${files.length} ${files[i].label}`)
    const run = { spec: fingerprint, params, files: { image: files[i] } }
    const outcome = await engine.run(run, { signal, onProgress: () => {} })
    signal.throwIfAborted()
    found[i] = outcome.ok ? { ok: true, value: printOf(outcome.value.data) } : outcome
    ended++
  })
  bar.clear()
  const prints = new Map<InputFile, Print>()
  for (const [i, outcome] of found.entries()) {
    if (outcome.ok) prints.set(files[i], outcome.value)
    else onFailure(files[i], outcome.message)
  }
  return prints
}

function printOf(data: Readonly<Record<string, unknown>>): Print {
  const { pdq_orientations, pdq_quality, embedding } = fingerprint.result.parse(data)
  return { orientations: pdq_orientations, quality: pdq_quality, embedding }
}

type Pairs = Awaited<ReturnType<typeof candidates>>

async function compareAll(
  { engine, bar, signal }: Search,
  known: readonly InputFile[],
  pairs: Pairs,
): Promise<CopyLink[]> {
  const params = compareCopies.params.parse({ library_size: known.length })
  const links: (CopyLink | undefined)[] = []
  let ended = 0
  await inLanes(pairs.length, engine.lanes, async (i) => {
    const [a, b] = [known[pairs[i].a], known[pairs[i].b]]
    bar.show(ended / pairs.length, `pairs ${ended}/${pairs.length} ${a.label}`)
    const run = { spec: compareCopies, params, files: { image: a, other: b } }
    const outcome = await engine.run(run, { signal, onProgress: () => {} })
    signal.throwIfAborted()
    const { copies_found, verdict, probability } = compareCopies.result.parse(unwrap(outcome).data)
    if (copies_found > 0) links[i] = { a, b, verdict, probability }
    ended++
  })
  bar.clear()
  return links.filter((link) => link !== undefined)
}
