import type { ModelRunner } from '../../core/ports'
import type { Raster } from '../../core/raster'
import type { Candidate } from './candidate'
import { cuesOf } from './cues'
import { detectText, type TextLine } from './detect-text'
import { overlayScore } from './judge'
import { dilate } from './planes'
import { type Strokes, strokesOf } from './strokes'

const LEAST_HEIGHT = 8 // pixels: letters lower than that show nothing of how they were made
const MOST_HEIGHT = 0.22 // of the picture's shorter side
const LEAST_LENGTH = 1.6 // of the height: shorter ones are as often no text at all
const LEAST_SURE = 0.6 // of the network
const LEAST_CONTRAST = 12 // levels between letters and what is behind them
const IS_FRINGE = 0.2 // of the mean strength, beside letters: their soft edges, and what compression smeared

/** Every line of text; its score is how surely it is laid over the picture. */
export async function findText(image: Raster, models: ModelRunner): Promise<Candidate[]> {
  return (await detectText(image, models)).flatMap((line) => candidateOf(image, line))
}

function candidateOf(image: Raster, line: TextLine): Candidate[] {
  const strokes = strokesOf(image, line.rect)
  if (!strokes) return []
  const score = canBeJudged(line, strokes, image) ? overlayScore(cuesOf(strokes, line.rect, image)) : 0
  return [{ kind: 'text', box: strokes.box, ink: withFringe(strokes), score }]
}

function canBeJudged({ rect, score }: TextLine, { contrast }: Strokes, { width, height }: Raster): boolean {
  const isLine = rect.h >= LEAST_HEIGHT && rect.w >= LEAST_LENGTH * rect.h
  return isLine && rect.h <= MOST_HEIGHT * Math.min(width, height) && score >= LEAST_SURE && contrast >= LEAST_CONTRAST
}

function withFringe({ ink, strength, box }: Strokes): Uint8Array {
  const near = dilate(ink, box, 1)
  return ink.map((value, i) => (value || (near[i] && strength[i] > IS_FRINGE) ? 1 : 0))
}
