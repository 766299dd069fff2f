import type { Size } from '../../core/raster'
import type { Region } from './region'

/** Width over height of what the finder looks at. */
const ASPECT = 4 / 3

/** Tiles narrower than this would only be enlarged, and show nothing that a coarser one does not. */
const LEAST_WIDTH = 320

/**
 * Where to look for faces: the whole picture, then for each level tiles half as wide as before, each covering half of
 * its neighbours, so that a face smaller than half a tile lies whole in one of them.
 *
 * @param levels how often the picture is cut finer, from 0
 */
export function tilesOf({ width, height }: Size, levels: number): Region[] {
  const full = Math.max(width, height * ASPECT)
  const tiles: Region[] = [{ x: 0, y: 0, w: full, h: full / ASPECT }]
  for (let level = 1; level <= levels; level++) {
    const w = full / 2 ** level
    if (w < LEAST_WIDTH) break
    const h = w / ASPECT
    for (const y of starts(height, h)) for (const x of starts(width, w)) tiles.push({ x, y, w, h })
  }
  return tiles
}

/** Where tiles begin along one side, evenly spread over it, at most half a tile apart. */
function starts(side: number, tile: number): number[] {
  if (tile >= side) return [0]
  const steps = Math.ceil((side - tile) / (tile / 2))
  return Array.from({ length: steps + 1 }, (_, i) => (i * (side - tile)) / steps)
}
