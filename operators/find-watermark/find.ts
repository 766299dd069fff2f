import type { RunContext } from '../../core/operator'
import type { Raster } from '../../core/raster'
import type { Candidate } from './candidate'
import { TEXT_MODEL } from './detect-text'
import { findDrawn, supportOf } from './find-drawn'
import { findLogos } from './find-logo'
import { findPattern } from './find-pattern'
import { findText } from './find-text'
import { GROW, type Kind, THRESHOLD } from './kinds'
import { MARK_MODEL, markMap } from './mark-map'
import { inkBounds, maskOf } from './mask'

/** Where a mark is, upright, in pixels of the picture. */
export interface WatermarkBox {
  readonly x: number
  readonly y: number
  readonly w: number
  readonly h: number
  readonly kind: Kind
  /** How sure it is a mark, 0..1. */
  readonly score: number
}

export interface FoundWatermark {
  /** height × width: 255 where the mark is and `grow` pixels around it, 0 elsewhere. */
  readonly mask: Uint8Array<ArrayBuffer>
  /** Surest first. */
  readonly boxes: readonly WatermarkBox[]
  /** False with an empty mask: there is nothing that is surely no part of the scene. */
  readonly found: boolean
}

export interface FindOptions {
  /** `overlays`, the default, leaves out text of the scene; `all_text` takes signs, labels and captions as well. */
  readonly include?: 'overlays' | 'all_text'
  /** Lowest score that counts, 0..1; 0.8 unless told otherwise. */
  readonly threshold?: number
  /** Pixels that the mask reaches beyond the mark; 1 unless told otherwise. */
  readonly grow?: number
}

export type FindContext = Pick<RunContext, 'models' | 'checkpoint'>

/**
 * Looks for a visible watermark in one picture. Where the model for text is not installed, text is not looked for.
 *
 * @param image RGBA; alpha is not looked at
 */
export async function findWatermark(
  image: Raster,
  context: FindContext,
  { include = 'overlays', threshold = THRESHOLD, grow = GROW }: FindOptions = {},
): Promise<FoundWatermark> {
  await context.checkpoint(0, STEPS)
  const map = (await context.models.has(MARK_MODEL)) ? await markMap(image, context.models) : undefined
  const counts = (one: Candidate) =>
    (one.kind === 'text' && include === 'all_text') ||
    (one.score >= threshold && (!map || supportOf(one, map) >= LEAST_SUPPORT[one.kind]))
  await context.checkpoint(1, STEPS)
  const text = (await context.models.has(TEXT_MODEL)) ? (await findText(image, context.models)).filter(counts) : []
  await context.checkpoint(2, STEPS)
  const pattern = (await findPattern(image)).filter(counts)
  await context.checkpoint(3, STEPS)
  // What is repeated all over the picture is in its corners too.
  const logos = pattern.length > 0 ? [] : (await findLogos(image)).filter(counts)
  const drawn = map
    ? findDrawn(image, map, threshold)
        .map((one) => named(one, text))
        .filter((one) => isPlaced(one, image))
    : []
  const beside = logos.filter((logo) => ![...text, ...drawn].some((other) => overlap(other, logo)))
  // The network's repetition has less of the scene in it than the folded picture.
  const repeated = drawn.some(({ kind }) => kind === 'pattern') ? [] : pattern
  return toFound(image, [...text, ...repeated, ...beside, ...drawn], grow)
}

const STEPS = 4
/** Mean share of the network's map below which it holds a candidate for a part of the scene; letters are told well without it. */
const LEAST_SUPPORT: Readonly<Record<Kind, number>> = { text: 0.03, pattern: 0.25, logo: 0.25, shared: 0 }

/** What lies where letters were read is text. */
const named = (drawn: Candidate, text: readonly Candidate[]): Candidate =>
  drawn.kind === 'logo' && text.some((line) => overlap(line, drawn)) ? { ...drawn, kind: 'text' } : drawn

const CORNER = 0.3 // of the picture's sides
const LINE = 3 // times as long as it is high

/** A compact shape in the midst of a picture is as often a part of the scene: logos are put into corners. */
function isPlaced(one: Candidate, { width, height }: Raster): boolean {
  if (one.kind !== 'logo') return true
  const { x, y, w, h } = inkBounds(one)
  const isAtSide = x + w < CORNER * width || x > (1 - CORNER) * width
  const isAtEnd = y + h < CORNER * height || y > (1 - CORNER) * height
  return (isAtSide && isAtEnd) || Math.max(w, h) > LINE * Math.min(w, h) || isSlanted(one)
}

/** Of a line at an angle the box says little: letters take a small part of it. */
const isSlanted = ({ box, ink }: Candidate): boolean =>
  ink.reduce((sum, value) => sum + Number(value > 0), 0) < SPARSE * inkArea({ box, ink })
const SPARSE = 0.25
const inkArea = (one: Pick<Candidate, 'box' | 'ink'>): number => {
  const { w, h } = inkBounds(one)
  return w * h
}

/** A letter is a compact shape as well. */
function overlap(a: Candidate, b: Candidate): boolean {
  const [one, other] = [inkBounds(a), inkBounds(b)]
  const across = Math.min(one.x + one.w, other.x + other.w) - Math.max(one.x, other.x)
  const down = Math.min(one.y + one.h, other.y + other.h) - Math.max(one.y, other.y)
  return across > 0 && down > 0
}

/** Candidates that count, as one mask and a box for each. */
function toFound(image: Raster, candidates: readonly Candidate[], grow: number): FoundWatermark {
  const boxes = candidates
    .map(({ kind, score, ...where }) => ({ ...inkBounds(where), kind, score }))
    .sort((a, b) => b.score - a.score)
  return { mask: maskOf(image, candidates, grow), boxes, found: boxes.length > 0 }
}
