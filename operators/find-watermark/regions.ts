import type { Box } from '../../core/crop'
import type { Size } from '../../core/raster'
import { clamp } from './clamp'
import { components } from './components'
import { offPlace } from './cues'
import type { MarkMap } from './mark-map'
import { dilate } from './planes'
import { shapeOf } from './shape'

/** Pixels that the network takes for one mark, and what speaks for it. */
export interface Region {
  readonly box: Box
  /** One value for each pixel of `box`, 1 on the mark. */
  readonly ink: Uint8Array<ArrayBuffer>
  readonly cues: RegionCues
}

export interface RegionCues {
  /** Mean share of its pixels, and of the surest tenth of them; 0..1. */
  readonly mean: number
  readonly most: number
  /** Pixels of the map. */
  readonly area: number
  /** What is doubtful, as a share of what is not: networks are vague where there is nothing. */
  readonly doubt: number
  /** Share of its pixels whose neighbours are all its own: letters and logos have a body, textures do not. */
  readonly body: number
  /** How many more of the picture's regions are likely: marks are often repeated. */
  readonly others: number
  /** Distance from where marks are put, as a share of the map's shorter side; 0 where there are many of them. */
  readonly offPlace: number
}

export const IS_MARK = 0.5
const IS_DOUBTFUL = 0.2
const LEAST_AREA = 30 // pixels
const LIKELY = 0.65 // mean share
const MANY = 4 // likely regions beside one: tiles lie anywhere
const GAP = 0.02 // of the map's longer side: letters of a word are nearer to each other

/** Regions of a map: what hangs together, or nearly does. */
export function regionsOf(map: MarkMap): Region[] {
  const ink = Uint8Array.from(map.shares, (share) => Number(share > IS_MARK))
  const near = dilate(ink, map, Math.max(Math.round(GAP * Math.max(map.width, map.height)), 2))
  const regions = components(near, map, 1).flatMap((around) => {
    const own = around.filter((at) => ink[at])
    return own.length < LEAST_AREA ? [] : [{ ...shapeOf([own], map.width), cues: cuesOf(own, around, ink, map) }]
  })
  const isLikely = ({ cues }: (typeof regions)[number]) => cues.mean > LIKELY
  const likely = regions.filter(isLikely).length
  return regions.map((one) => {
    const others = likely - Number(isLikely(one))
    return { ...one, cues: { ...one.cues, others, offPlace: others < MANY ? offPlaceOf(one.box, map) : 0 } }
  })
}

const offPlaceOf = ({ x, y, width, height }: Box, map: Size): number =>
  offPlace({ x: x + width / 2, y: y + height / 2, w: width, h: height, angle: 0 }, map)

type OwnCues = Omit<RegionCues, 'others' | 'offPlace'>

function cuesOf(own: Int32Array, around: Int32Array, ink: Uint8Array, { width, height, shares }: MarkMap): OwnCues {
  const sorted = Float32Array.from(own, (at) => shares[at]).sort()
  const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1)
  const isInk = (x: number, y: number) => ink[clamp(y, 0, height - 1) * width + clamp(x, 0, width - 1)] === 1
  const inner = own.filter((at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    return isInk(x - 1, y) && isInk(x + 1, y) && isInk(x, y - 1) && isInk(x, y + 1)
  })
  const doubtful = around.filter((at) => !ink[at] && shares[at] > IS_DOUBTFUL)
  return {
    mean: mean(sorted),
    most: mean(sorted.subarray(Math.floor(sorted.length * 0.9))),
    area: own.length,
    doubt: doubtful.length / own.length,
    body: inner.length / own.length,
  }
}
