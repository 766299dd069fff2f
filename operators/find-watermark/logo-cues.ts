import { crop } from '../../core/crop'
import type { Raster, Size } from '../../core/raster'
import { diffuse } from '../inpaint/classic/diffuse'
import { blendOf } from './cues'
import { CHANNELS, dilate, type Plane, type Planes, planesOf, smoothedBy } from './planes'
import { placed, type Shape } from './shape'

/** What tells a shape laid over a picture from a thing in the scene. */
export interface LogoCues {
  /** Share of the rim at which the picture steps as far and as it does on average. */
  readonly closed: number
  /** How far the step goes on beyond the second pixel, as a share of it: overlays are crisp all around. */
  readonly tail: number
  /** Levels between the shape and what is around it. */
  readonly contrast: number
  /** Levels by which the shape differs from the blend of one colour with what is around it. */
  readonly misfit: number
  /** How opaque it is, 0..1, by that blend. */
  readonly opacity: number
  /** Levels by which what is around it varies. */
  readonly variety: number
  /** Distance from the nearest two edges of the picture, the greater one, as a share of its shorter side. */
  readonly offPlace: number
  /** Longer side, as a share of the picture's shorter side. */
  readonly size: number
  /** Shorter side as a share of the longer one. */
  readonly aspect: number
  /** Share of its box that the shape takes. */
  readonly inkShare: number
}

const ROOM = 12 // pixels around the shape
const RIM = 3 // pixels from the shape to where its step is over

/** @returns undefined where the shape stands out too little to be judged */
export async function logoCuesOf(image: Raster, shape: Shape): Promise<LogoCues | undefined> {
  const { box, ink } = placed(shape, ROOM, image)
  const picture = planesOf(image, box)
  const hole = dilate(ink, box, RIM - 1)
  const whole = { x: 0, y: 0, width: box.width, height: box.height }
  const background = planesOf(await diffuse(crop(image, box), hole), whole)
  const steps = stepsAt(picture, ink, box)
  if (steps.contrast < LEAST_CONTRAST) return undefined
  const strength = new Float32Array(ink.length).fill(1)
  const blend = blendOf({ ink, strength, picture, background })
  const around = difference(dilate(ink, box, 2 * RIM), hole)
  return {
    ...steps,
    misfit: blend.misfit,
    opacity: blend.opacity,
    variety: deviationOf(picture, around),
    offPlace: offPlace(shape, image),
    size: Math.max(shape.box.width, shape.box.height) / Math.min(image.width, image.height),
    aspect: Math.min(shape.box.width, shape.box.height) / Math.max(shape.box.width, shape.box.height),
    inkShare: count(shape.ink) / shape.ink.length,
  }
}

const LEAST_CONTRAST = 10 // levels

const count = (mask: Uint8Array): number => mask.reduce((sum, value) => sum + Number(value > 0), 0)
const difference = (a: Uint8Array, b: Uint8Array) => Uint8Array.from(a, (value, i) => Number(value > 0 && b[i] === 0))
const toCounts = (mask: Uint8Array): Plane => Float32Array.from(mask, (value) => Number(value > 0))

/** Steps from the shape to what is around it, all along its rim. */
function stepsAt(picture: Planes, ink: Uint8Array, size: Size): { closed: number; tail: number; contrast: number } {
  const layers = [0, 1, 2, 3, 4, 5].map((radius) => (radius === 0 ? ink : dilate(ink, size, radius)))
  const second = difference(layers[2], layers[1])
  const third = difference(layers[3], layers[2])
  const own = picture.map((plane) => smoothedBy(plane, toCounts(ink), size, 2))
  const other = picture.map((plane) => smoothedBy(plane, toCounts(difference(layers[5], layers[2])), size, 1))
  const rim = [...third.keys()].filter((i) => third[i])
  const mean = CHANNELS.map((c) => rim.reduce((sum, i) => sum + own[c][i] - other[c][i], 0) / Math.max(rim.length, 1))
  const square = Math.max(mean[0] ** 2 + mean[1] ** 2 + mean[2] ** 2, 1)
  const along = (from: readonly Plane[], to: readonly Plane[], i: number) =>
    CHANNELS.reduce<number>((sum, c) => sum + (from[c][i] - to[c][i]) * mean[c], 0) / square
  const closed = rim.filter((i) => along(own, picture, i) > 0.5).length / Math.max(rim.length, 1)
  const near = [...second.keys()].filter((i) => second[i])
  const tail = near.reduce((sum, i) => sum + Math.abs(along(picture, other, i)), 0) / Math.max(near.length, 1)
  return { closed, tail, contrast: Math.sqrt(square) }
}

function deviationOf(picture: Planes, mask: Uint8Array): number {
  const total = Math.max(count(mask), 1)
  const variances = picture.map((plane) => {
    const mean = plane.reduce((sum, value, i) => (mask[i] ? sum + value : sum), 0) / total
    return plane.reduce((sum, value, i) => (mask[i] ? sum + (value - mean) ** 2 : sum), 0) / total
  })
  return Math.sqrt((variances[0] + variances[1] + variances[2]) / 3)
}

function offPlace({ box }: Shape, { width, height }: Size): number {
  const across = Math.min(box.x, width - box.x - box.width)
  const down = Math.min(box.y, height - box.y - box.height)
  return Math.max(across, down) / Math.min(width, height)
}
