import type { ModelRunner } from '../../core/ports'
import type { Raster } from '../../core/raster'
import type { Candidate } from './candidate'
import { cuesOf } from './cues'
import { detectText, type TextLine } from './detect-text'
import { overlayScore } from './judge'
import { dilate } from './planes'
import { type Strokes, strokesOf } from './strokes'

const LEAST_HEIGHT = 7 // pixels: letters lower than that show nothing of how they were made
const IS_FRINGE = 0.2 // of the mean strength, beside letters: their soft edges, and what compression smeared

/** Every line of text; its score is how surely it is laid over the picture. */
export async function findText(image: Raster, models: ModelRunner): Promise<Candidate[]> {
  return (await detectText(image, models)).flatMap((line) => candidateOf(image, line))
}

function candidateOf(image: Raster, { rect }: TextLine): Candidate[] {
  const strokes = rect.h >= LEAST_HEIGHT ? strokesOf(image, rect) : undefined
  if (!strokes) return []
  const score = overlayScore(cuesOf(strokes, rect, image))
  return [{ kind: 'text', box: strokes.box, ink: withFringe(strokes), score }]
}

function withFringe({ ink, strength, box }: Strokes): Uint8Array {
  const near = dilate(ink, box, 1)
  return ink.map((value, i) => (value || (near[i] && strength[i] > IS_FRINGE) ? 1 : 0))
}
