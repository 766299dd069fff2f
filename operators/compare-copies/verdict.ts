import { SAME_PICTURE } from '../fingerprint/models'
import type { Difference } from './difference'
import type { Geometry } from './geometry'

export const VERDICTS = ['same_file', 'reencoded', 'edited', 'similar', 'different'] as const
export type Verdict = (typeof VERDICTS)[number]

export const EDITS = ['resized', 'cropped', 'extended', 'turned', 'mirrored', 'recolored', 'overlaid'] as const
export type Edit = (typeof EDITS)[number]

export interface Found extends Geometry, Difference {
  readonly mirrored: boolean
}

/** What is known of two pictures. */
export interface Evidence {
  readonly sameFile: boolean
  /** Bits in which the perceptual hashes differ, in the orientation that fits best, 0..256. */
  readonly pdqDistance: number
  /** 0..100, of the poorer one. */
  readonly pdqQuality: number
  /** Cosine of the embeddings, -1..1; nothing where no model is. */
  readonly similarity?: number
  readonly inliers: number
  /** How one lies on the other; nothing where too few details agree. */
  readonly found?: Found
}

export const TERMS = ['bias', 'inliers', 'hash', 'similarity'] as const
export type Terms = Readonly<Record<(typeof TERMS)[number], number>>

/**
 * Natural logarithm of how many times likelier the evidence is for copies than for strangers: logistic regression on
 * held-back pictures' edits and all other pictures, `npm run bench copies calibrate`. Where copies and strangers can be told
 * apart without an error, how steep it is follows from how small the weights are held.
 */
const WEIGHTS: Terms = { bias: -7.66, inliers: 2.79, hash: 8.19, similarity: 11.91 }
/** What probabilities follow from, in one line: those that other weights gave are not to be kept. */
export const CALIBRATION = Object.entries(WEIGHTS)
  .map(([name, weight]) => `${name} ${weight}`)
  .join(' ')

const HASH_SPAN = 128 // bits in which strangers differ
const STRANGERS = 0.7 // mean similarity of the nearest strangers

/**
 * That one picture is made from the other, 0..1.
 *
 * @param librarySize how many pictures it was compared with: among more, a stranger looks alike sooner
 */
export function probability(evidence: Evidence, librarySize: number): number {
  if (evidence.sameFile) return 1
  const odds = logLikelihood(evidence) - Math.log(Math.max(1, librarySize))
  return 1 / (1 + Math.exp(-odds))
}

/** What the weights stand for; without a model, the similarity is one that copies and strangers share. */
export function termsOf({ pdqDistance, pdqQuality, similarity, inliers }: Evidence): Terms {
  const trust = pdqQuality / 100
  return {
    bias: 1,
    inliers: Math.log(1 + inliers),
    hash: trust * Math.max(0, 1 - pdqDistance / HASH_SPAN),
    similarity: Math.max(0, (similarity ?? SAME_PICTURE) - STRANGERS),
  }
}

function logLikelihood(evidence: Evidence): number {
  const terms = termsOf(evidence)
  return TERMS.reduce((sum, name) => sum + WEIGHTS[name] * terms[name], 0)
}

const SURE = 0.5
const SAME_HASH = 31 // bits, as PDQ's authors advise

/** @param certainty what `probability` says */
export function verdictOf(evidence: Evidence, certainty: number): Verdict {
  if (evidence.sameFile) return 'same_file'
  if (certainty >= SURE) return editsOf(evidence.found).some((edit) => edit !== 'resized') ? 'edited' : 'reencoded'
  const isAlike = (evidence.similarity ?? 0) >= SAME_PICTURE || evidence.pdqDistance <= SAME_HASH
  return isAlike ? 'similar' : 'different'
}

const TURNED = 1.5 // degrees
const RESIZED = 0.02 // either way, of the length
const CROPPED = 0.97 // of the other picture, or of this one
const CHANGED = 0.02 // of the overlap; compression alone stays below
const FADED = 0.12 // change of contrast
const SHIFTED = 12 // gray levels

/** What was done to the one or undone to the other, as far as the alignment shows. */
export function editsOf(found: Found | undefined): Edit[] {
  if (!found) return []
  const { scale, turn, mirrored, overlap, inside, changed, color } = found
  const done: Record<Edit, boolean> = {
    resized: Math.abs(Math.log(scale)) > RESIZED,
    cropped: overlap < CROPPED,
    extended: inside < CROPPED,
    turned: Math.abs(turn) > TURNED,
    mirrored,
    recolored: color.some(
      ({ gain, offset }) => Math.abs(gain - 1) > FADED || Math.abs(offset + (gain - 1) * 128) > SHIFTED,
    ),
    overlaid: changed > CHANGED,
  }
  return EDITS.filter((edit) => done[edit])
}
