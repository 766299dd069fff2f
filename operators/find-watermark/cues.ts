import type { Size } from '../../core/raster'
import { CHANNELS, type Plane } from './planes'
import type { RotatedRect } from './rotated-rect'
import type { Strokes } from './strokes'

/** What tells a line of text laid over a picture from one that is in the scene. */
export interface Cues {
  /** Levels by which what is behind the letters varies along the line: signs are plain, scenes are not. */
  readonly variety: number
  /** How opaque the letters are, 0..1, by the blend that explains them best. */
  readonly opacity: number
  /** Levels by which letters differ from the blend that explains them best. */
  readonly misfit: number
  /** Levels between the two sides of the line's edge: signs end there, overlays do not. */
  readonly plateEdge: number
  /** Levels between letters and background. */
  readonly contrast: number
  /** Saturation of the letters' colour, levels; most marks are white, gray or black. */
  readonly chroma: number
  /** Degrees from the nearest of level, upright and the diagonals that marks use. */
  readonly tilt: number
  /** Share of the picture's shorter side that the line's middle is from where marks are put, per axis the greater. */
  readonly offPlace: number
  /** Share of the rectangle that letters take. */
  readonly inkShare: number
}

export function cuesOf(strokes: Strokes, rect: RotatedRect, size: Size): Cues {
  const blend = blendOf(strokes)
  return {
    ...blend,
    variety: varietyOf(strokes),
    plateEdge: plateEdge(strokes),
    contrast: strokes.contrast,
    tilt: tiltOf(rect),
    offPlace: offPlace(rect, size),
    inkShare: sum(strokes.ink) / Math.max(sum(strokes.inside), 1),
  }
}

const IS_CORE = 0.75 // of the mean strength: edges are blurred with the background anyway

/**
 * The letters' pixels as (1 − α)·background + α·colour: α is shared by all, by least squares over the three channels.
 */
export function blendOf({
  ink,
  strength,
  picture,
  background,
}: Pick<Strokes, 'ink' | 'strength' | 'picture' | 'background'>) {
  const core = [...ink.keys()].filter((i) => ink[i] && strength[i] > IS_CORE)
  const of = (plane: Plane) => mean(core.map((i) => plane[i]))
  const [inMeans, outMeans] = [picture.map(of), background.map(of)]
  let [both, outs, ins] = [0, 0, 0]
  for (const i of core) {
    for (const c of CHANNELS) {
      const [dIn, dOut] = [picture[c][i] - inMeans[c], background[c][i] - outMeans[c]]
      both += dIn * dOut
      outs += dOut * dOut
      ins += dIn * dIn
    }
  }
  const count = Math.max(core.length * CHANNELS.length, 1)
  const slope = Math.min(Math.max(both / (outs + count * GRAIN), 0), 0.95)
  const color = CHANNELS.map((c) => (inMeans[c] - slope * outMeans[c]) / (1 - slope))
  const left = Math.max(ins - 2 * slope * both + slope * slope * outs, 0) / count
  return {
    opacity: 1 - slope,
    misfit: Math.sqrt(left),
    chroma: Math.max(...color) - Math.min(...color),
  }
}

const GRAIN = 16 // levels²: a background that varies less says nothing about how opaque the letters are

function varietyOf({ ink, background }: Strokes): number {
  const at = [...ink.keys()].filter((i) => ink[i])
  return Math.sqrt(mean(CHANNELS.map((c) => variance(at.map((i) => background[c][i])))))
}

function plateEdge({ box, inside, background }: Strokes): number {
  const { width, height } = box
  let [steps, count] = [0, 0]
  const reach = 3
  for (let y = reach; y < height - reach; y++) {
    for (let x = reach; x < width - reach; x++) {
      const i = y * width + x
      for (const step of [1, width]) {
        if (inside[i] === inside[i + step]) continue
        const [a, b] = [i - (reach - 1) * step, i + reach * step]
        steps += Math.hypot(...CHANNELS.map((c) => background[c][a] - background[c][b]))
        count++
      }
    }
  }
  return count > 0 ? steps / count : 0
}

const DIRECTIONS = [0, 20, 25, 30, 35, 40, 45, 60, 90].flatMap((angle) => [angle, -angle])

function tiltOf({ angle }: RotatedRect): number {
  const degrees = (angle * 180) / Math.PI
  return Math.min(...DIRECTIONS.map((direction) => Math.abs(direction - degrees)))
}

/** Nine places: corners, middles of edges, and the middle. */
export function offPlace({ x, y, w, h, angle }: RotatedRect, { width, height }: Size): number {
  const [halfW, halfH] = [
    (Math.abs(w * Math.cos(angle)) + Math.abs(h * Math.sin(angle))) / 2,
    (Math.abs(w * Math.sin(angle)) + Math.abs(h * Math.cos(angle))) / 2,
  ]
  const along = Math.min(Math.abs(x - halfW), Math.abs(width - x - halfW), Math.abs(width / 2 - x))
  const down = Math.min(Math.abs(y - halfH), Math.abs(height - y - halfH), Math.abs(height / 2 - y))
  return Math.max(along, down) / Math.min(width, height)
}

const sum = (values: ArrayLike<number>): number => {
  let total = 0
  for (let i = 0; i < values.length; i++) total += values[i]
  return total
}
const mean = (values: readonly number[]): number => (values.length > 0 ? sum(values) / values.length : 0)

function variance(values: readonly number[]): number {
  const middle = mean(values)
  return mean(values.map((value) => (value - middle) ** 2))
}
