import type { Raster } from '../../core/raster'
import type { Candidate } from './candidate'
import { clamp } from './clamp'
import { foldOf } from './fold'
import { regionScore } from './judge-region'
import { latticeOf } from './lattice'
import type { MarkMap } from './mark-map'
import { dilate } from './planes'
import { IS_MARK, type Region, regionsOf } from './regions'
import { distanceTo, minAreaRect } from './rotated-rect'

const LEAST_TILES = 5 // regions that make a repetition
const SPREAD = 0.55 // of both sides of the picture that it takes
const FURTHER = 0.6 // of its length, at each end
const IS_LIKELY = 0.25 // share
const STEP = 0.012 // of the map's longer side, from letter to letter
const STEPS = 5
const IS_TILE = 0.35 // mean share of a place in the tile over all its repeats

/** What the network takes for drawn over the picture, each with how sure that is. */
export function findDrawn(image: Raster, map: MarkMap, threshold: number): Candidate[] {
  const sure = regionsOf(map)
    .map((region) => ({ ...region, score: regionScore(region.cues) }))
    .filter(({ score }) => score >= threshold)
  if (!isSpread(sure, map)) return sure.map((region) => enlarged(completed(region, map), 'logo', map, image))
  return [enlarged(tilesOf(sure, map), 'pattern', map, image)]
}

type Scored = Pick<Region, 'box' | 'ink'> & { readonly score: number }

function isSpread(regions: readonly Scored[], { width, height }: MarkMap): boolean {
  const span = (from: readonly number[], to: readonly number[]) => Math.max(...to) - Math.min(...from)
  const boxes = regions.map(({ box }) => box)
  if (boxes.length < LEAST_TILES) return false
  const across = span(
    boxes.map(({ x }) => x),
    boxes.map(({ x, width: w }) => x + w),
  )
  const down = span(
    boxes.map(({ y }) => y),
    boxes.map(({ y, height: h }) => y + h),
  )
  return across > SPREAD * width && down > SPREAD * height
}

/** With what is likely further on in its direction: of a long line the network is not sure of every letter. */
function completed({ box, ink, score }: Scored, map: MarkMap): Scored {
  const pixels = [...ink.keys()].filter((i) => ink[i])
  const rect = minAreaRect(pixels.map((i) => [box.x + (i % box.width), box.y + Math.floor(i / box.width)]))
  const along = { ...rect, w: rect.w * (1 + 2 * FURTHER), h: rect.h * (1 + FURTHER / 2) }
  const whole = new Uint8Array(map.width * map.height)
  for (const i of pixels) whole[(box.y + Math.floor(i / box.width)) * map.width + box.x + (i % box.width)] = 1
  const gap = Math.max(Math.round(STEP * Math.max(map.width, map.height)), 2)
  for (let step = 0; step < STEPS; step++) {
    const near = dilate(whole, map, gap)
    for (let i = 0; i < whole.length; i++) {
      if (near[i] === 0 || map.shares[i] <= IS_LIKELY) continue
      if (distanceTo(along, i % map.width, Math.floor(i / map.width)) <= 0) whole[i] = 1
    }
  }
  return { box: { x: 0, y: 0, width: map.width, height: map.height }, ink: whole, score }
}

/** All of them as one, and where they lie on a lattice also what the network has missed of the repeats. */
function tilesOf(regions: readonly Scored[], map: MarkMap): Scored {
  const ink = new Uint8Array(map.width * map.height)
  for (const { box, ink: own } of regions) {
    for (let i = 0; i < own.length; i++) {
      if (own[i]) ink[(box.y + Math.floor(i / box.width)) * map.width + box.x + (i % box.width)] = 1
    }
  }
  const mean = map.shares.reduce((sum, share) => sum + share, 0) / map.shares.length
  const lattice = latticeOf(
    map.shares.map((share) => share - mean),
    map,
  )
  if (lattice) {
    const { means, cell } = foldOf(map.shares, map, lattice)
    for (let i = 0; i < ink.length; i++) if (means[cell[i]] > IS_TILE) ink[i] = 1
  }
  const score = regions.reduce((most, region) => Math.max(most, region.score), 0)
  return { box: { x: 0, y: 0, width: map.width, height: map.height }, ink, score }
}

/** From pixels of the map to those of the picture, its shares interpolated. */
function enlarged({ box, ink, score }: Scored, kind: Candidate['kind'], map: MarkMap, image: Raster): Candidate {
  if (map.scale === 1) return { kind, box, ink, score }
  const [x, y] = [Math.floor(box.x / map.scale), Math.floor(box.y / map.scale)]
  const width = Math.min(Math.ceil((box.x + box.width) / map.scale), image.width) - x
  const height = Math.min(Math.ceil((box.y + box.height) / map.scale), image.height) - y
  const large = new Uint8Array(width * height)
  for (let i = 0; i < large.length; i++) {
    const column = ((i % width) + x + 0.5) * map.scale - 0.5
    const row = (Math.floor(i / width) + y + 0.5) * map.scale - 0.5
    const at = (u: number, v: number) => {
      const [left, top] = [clamp(u, 0, box.width - 1), clamp(v, 0, box.height - 1)]
      return ink[top * box.width + left]
    }
    const [u, v] = [column - box.x, row - box.y]
    const [u0, v0] = [Math.floor(u), Math.floor(v)]
    const [p, q] = [u - u0, v - v0]
    const upper = at(u0, v0) * (1 - p) + at(u0 + 1, v0) * p
    const lower = at(u0, v0 + 1) * (1 - p) + at(u0 + 1, v0 + 1) * p
    large[i] = Number(upper * (1 - q) + lower * q > IS_MARK)
  }
  return { kind, box: { x, y, width, height }, ink: large, score }
}

/** How much the network, too, takes a candidate for a mark: its mean share, 0..1. */
export function supportOf({ box, ink }: Candidate, map: MarkMap): number {
  let [sum, count] = [0, 0]
  for (let i = 0; i < ink.length; i++) {
    if (!ink[i]) continue
    const column = clamp(Math.floor((box.x + (i % box.width)) * map.scale), 0, map.width - 1)
    const row = clamp(Math.floor((box.y + Math.floor(i / box.width)) * map.scale), 0, map.height - 1)
    sum += map.shares[row * map.width + column]
    count++
  }
  return count > 0 ? sum / count : 0
}
