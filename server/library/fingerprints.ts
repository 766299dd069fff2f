import { type Outcome, ToolError, unwrap } from '../../core/errors'
import { compareCopies } from '../../operators/compare-copies/spec'
import type { Call } from '../../operators/execute'
import type { EmbeddingModel } from '../../operators/fingerprint/models'
import { fingerprint } from '../../operators/fingerprint/spec'
import type { Computed } from '../api/engine'
import type { Fingerprint } from './search'

/** Runs calls and forgets their files; an outcome for each. */
export type Compute = (calls: readonly Call[], signal: AbortSignal) => Promise<readonly Outcome<Computed>[]>

/** What the library keeps of a picture, and what others are found by. */
export interface Known extends Fingerprint {
  readonly model: EmbeddingModel
  readonly pdq: string
  readonly pdqQuality: number
  readonly width: number
  readonly height: number
}

/** @throws ToolError unreadable, too-large, model-unavailable */
export async function fingerprintOf(
  compute: Compute,
  image: Uint8Array<ArrayBuffer>,
  model: EmbeddingModel,
  signal: AbortSignal,
): Promise<Known> {
  const [outcome] = await compute([{ tool: fingerprint.id, params: { model }, inputs: { image } }], signal)
  const data = fingerprint.result.parse(unwrap(outcome).data)
  if (data.sha256 === null) throw new ToolError('internal', 'A fingerprint was made without the file')
  return {
    sha256: data.sha256,
    orientations: data.pdq_orientations,
    model,
    embedding: data.embedding,
    pdq: data.pdq,
    pdqQuality: data.pdq_quality,
    width: data.width,
    height: data.height,
  }
}

/** What speaks for one picture being made from another: all that the comparison says, but for the pairs of details. */
export type Evidence = Readonly<Record<string, unknown>> & {
  readonly copies_found: number
  readonly verdict: string
  readonly probability: number
}

const TOGETHER = 4 // in one process; the others are left to requests

/**
 * Compares a picture with each of several others.
 *
 * @param librarySize how many pictures the others were picked from
 * @returns in the order of `others`; undefined for one that cannot be read
 */
export async function compareAll(
  compute: Compute,
  image: Uint8Array<ArrayBuffer>,
  others: readonly Uint8Array<ArrayBuffer>[],
  librarySize: number,
  signal: AbortSignal,
): Promise<(Evidence | undefined)[]> {
  const params = { library_size: Math.max(1, librarySize) }
  // Compute processes are given the bytes for good, and the picture is needed for each comparison.
  const calls = others.map((other) => ({ tool: compareCopies.id, params, inputs: { image: image.slice(), other } }))
  const outcomes: Outcome<Computed>[] = []
  for (let i = 0; i < calls.length; i += TOGETHER) {
    outcomes.push(...(await compute(calls.slice(i, i + TOGETHER), signal)))
  }
  return outcomes.map((outcome) => {
    if (!outcome.ok) return undefined
    const { matches, ...evidence } = compareCopies.result.parse(outcome.value.data)
    return evidence
  })
}
