import type { Rect } from '../draw'
import { beginDraft, finishDraft } from './draft'
import { boundsOf, clip, type Mask, TILE, type Tile, tileRegion, tilesOf } from './mask'
import { planeOf } from './plane'

const PASSES = 3 // as many box filters after each other come close to a Gaussian

/**
 * Softens the edge of what is marked, inwards and outwards. At the rim of the picture nothing fades.
 *
 * @param radius how far it reaches, in pixels
 */
export function feathered(mask: Mask, radius: number): Mask {
  const bounds = boundsOf(mask)
  const reach = Math.round(radius / PASSES)
  if (!bounds || reach < 1) return mask
  const grown = reach * PASSES
  const region = clip(
    { x: bounds.x - grown, y: bounds.y - grown, w: bounds.w + 2 * grown, h: bounds.h + 2 * grown },
    mask,
  )
  const plane = planeOf(mask, region)
  const line = new Uint8Array(Math.max(region.w, region.h))
  for (let pass = 0; pass < PASSES; pass++) {
    for (let y = 0; y < region.h; y++) smoothLine(plane, y * region.w, 1, region.w, reach, line)
    for (let x = 0; x < region.w; x++) smoothLine(plane, x, region.w, region.h, reach, line)
  }
  return withRegion(mask, region, plane)
}

/** Replaces each value by the mean of those up to `reach` away; beyond its ends a line goes on as it ended. */
function smoothLine(plane: Uint8Array, start: number, step: number, length: number, reach: number, line: Uint8Array) {
  for (let i = 0; i < length; i++) line[i] = plane[start + i * step]
  const at = (i: number) => line[Math.min(length - 1, Math.max(0, i))]
  let sum = 0
  for (let i = -reach; i <= reach; i++) sum += at(i)
  for (let i = 0; i < length; i++) {
    plane[start + i * step] = Math.round(sum / (2 * reach + 1))
    sum += at(i + reach + 1) - at(i - reach)
  }
}

function withRegion(mask: Mask, region: Rect, plane: Uint8Array): Mask {
  const draft = beginDraft(mask)
  for (const index of tilesOf(mask, region)) {
    const place = tileRegion(mask, index)
    const tile: Tile = draft.tiles.get(index)?.slice() ?? new Uint8Array(TILE * TILE)
    const [left, right] = [Math.max(place.x, region.x), Math.min(place.x + place.w, region.x + region.w)]
    for (let y = Math.max(place.y, region.y); y < Math.min(place.y + place.h, region.y + region.h); y++) {
      const from = (y - region.y) * region.w - region.x
      tile.set(plane.subarray(from + left, from + right), (y - place.y) * TILE + left - place.x)
    }
    draft.tiles.set(index, tile)
    draft.own.add(index)
  }
  return finishDraft(draft)
}
