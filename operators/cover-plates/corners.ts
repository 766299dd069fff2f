import { ToolError } from '../../core/errors'
import type { RunContext } from '../../core/operator'
import { compose, type Matrix } from '../../core/preprocess/matrix'
import { toBatch } from '../../core/preprocess/to-tensor'
import { warp } from '../../core/preprocess/warp'
import type { Raster } from '../../core/raster'
import type { Preprocess } from '../../models/model'
import { logOdds, probability } from './log-odds'
import { type Detection, suppressed } from './nms'
import { center, type Quad, sides } from './quad'

/** Of a crop, in pixels; models/training/crops.py cuts the same. */
const CROP = { width: 160, height: 80 }
/** How much of the picture it shows, in lengths of the plate: along its text and across. */
const SHOWN = { along: 2, across: 1.6 }

const preprocess: Preprocess = {
  ...{ ...CROP, fit: 'stretch', order: 'rgb', layout: 'nchw' },
  ...{ mean: [0, 0, 0], std: [255, 255, 255] },
}

/** Most detections of one picture that are looked at, the best ones: what a bus full of lettering may cost. */
const MOST = 64

/** How much the logit of the closer look adds to the detector's: models/training/fit_trust.py shows why. */
const TRUST = 0.1

interface CloseLook {
  /** Of the manifest: crops in, score and corners out. */
  readonly model: string
  /** Lowest score that is kept. */
  readonly lowest: number
}

/**
 * Scores and corners of a closer look at each.
 *
 * @param detections in picture pixels, best first
 * @returns highest score first
 */
export async function lookClosely(
  picture: Raster,
  detections: readonly Detection[],
  { model, lowest }: CloseLook,
  models: RunContext['models'],
): Promise<Detection[]> {
  const offered = detections.slice(0, MOST)
  const looks = await glance(picture, offered, model, models)
  const scored = looks.map(({ quad, score }, i) => ({ quad, score: combined(offered[i].score, score) }))
  return suppressed(scored.filter(({ score }) => score >= lowest))
}

const combined = (detector: number, close: number): number => probability(logOdds(detector) + TRUST * logOdds(close))

async function glance(
  picture: Raster,
  around: readonly { readonly quad: Quad }[],
  model: string,
  models: RunContext['models'],
): Promise<Detection[]> {
  if (around.length === 0) return []
  const frames = around.map(({ quad }) => frameOf(quad))
  const crops: Raster[] = []
  for (const frame of frames) crops.push(await warp(picture, compose(shift(-0.5), compose(frame, shift(0.5))), CROP))
  const { tensor } = await toBatch(crops, preprocess)
  const { plates } = await models.run(model, { crops: tensor })
  if (!(plates?.data instanceof Float32Array) || plates.data.length !== frames.length * FIELDS) {
    throw new ToolError('internal', `The plate corner model answered with another shape than [crops, ${FIELDS}]`)
  }
  return frames.map((frame, i) => toPicture(plates.data.subarray(i * FIELDS, (i + 1) * FIELDS) as Float32Array, frame))
}

const FIELDS = 9

const shift = (by: number): Matrix => [1, 0, by, 0, 1, by, 0, 0, 1]

/** A score and four corners in crop pixels, as a detection in the picture. */
function toPicture([score, ...corners]: Float32Array, [a, b, x, c, d, y]: Matrix): Detection {
  const determinant = a * d - b * c
  const quad = [0, 2, 4, 6].flatMap((k) => {
    const [u, v] = [corners[k] - x, corners[k + 1] - y]
    return [(d * u - b * v) / determinant, (a * v - c * u) / determinant]
  })
  return { score, quad }
}

/** From the picture to the crop around a quad: turned as its text, the quad in the middle. */
function frameOf(quad: Quad): Matrix {
  const [x1, y1, x2, y2, x3, y3, x4, y4] = quad
  const { width, height } = sides(quad)
  const [dx, dy] = [x2 - x1 + x3 - x4, y2 - y1 + y3 - y4]
  const length = Math.hypot(dx, dy)
  const scale = Math.min(
    CROP.width / (SHOWN.along * Math.max(width, 1)),
    CROP.height / (SHOWN.across * Math.max(height, 1)),
  )
  const [c, s] = length > 0 ? [(dx / length) * scale, (dy / length) * scale] : [scale, 0]
  const [x, y] = center(quad)
  return [c, s, CROP.width / 2 - c * x - s * y, -s, c, CROP.height / 2 + s * x - c * y, 0, 0, 1]
}
