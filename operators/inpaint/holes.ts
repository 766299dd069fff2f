import type { Box } from '../../core/crop'
import type { Size } from '../../core/raster'
import type { Mask } from './mask'

/** Holes that lie in squares of so many pixels beside each other count as one. */
const CELL = 32
/** Pixels around a hole that an engine sees at least. */
const CONTEXT = 64
/** Holes that a crop of this side holds, with context, share it: one run of a model does for all. */
const SHARED_SIDE = 512

/**
 * The boxes around the holes of a mask, each with `reach` more pixels on every side. They never overlap; holes near each
 * other share one.
 *
 * @param reach how far the mask will grow, pixels
 */
export function findHoles(mask: Mask, reach: number): Box[] {
  const groups: Box[] = []
  for (const found of connected(mask)) {
    let box = expanded(found, reach, mask)
    for (;;) {
      const near = groups.findIndex((group) => belongTogether(group, box))
      if (near < 0) break
      box = union(box, groups.splice(near, 1)[0])
    }
    groups.push(box)
  }
  return groups.sort((a, b) => a.y - b.y || a.x - b.x)
}

/**
 * What an engine is shown for a hole: half of its longer side more on each side, at least `CONTEXT`.
 *
 * @param side that the part has at least, where the picture is as large
 */
export function contextOf(hole: Box, picture: Size, side: number): Box {
  const around = Math.max(CONTEXT, Math.ceil(Math.max(hole.width, hole.height) / 2))
  const [x, width] = stretch(hole.x, hole.width, Math.max(side, hole.width + 2 * around), picture.width)
  const [y, height] = stretch(hole.y, hole.height, Math.max(side, hole.height + 2 * around), picture.height)
  return { x, y, width, height }
}

/** A stretch of `wanted` pixels with the given one in its middle, moved so that it lies within 0..`most`. */
function stretch(from: number, length: number, wanted: number, most: number): [from: number, length: number] {
  const taken = Math.min(wanted, most)
  const start = Math.round(from + (length - taken) / 2)
  return [Math.min(Math.max(start, 0), most - taken), taken]
}

/** The same box, with so many more pixels on each side as the picture has. */
function expanded({ x, y, width, height }: Box, by: number, picture: Size): Box {
  const [left, top] = [Math.max(0, x - by), Math.max(0, y - by)]
  const right = Math.min(picture.width, x + width + by)
  const bottom = Math.min(picture.height, y + height + by)
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** Tight boxes around holes, where a chain of neighbouring cells with any hole in them makes one. */
function connected(mask: Mask): Box[] {
  const columns = Math.ceil(mask.width / CELL)
  const rows = Math.ceil(mask.height / CELL)
  const cells = Array.from({ length: columns * rows }, (_, i) => {
    return boundsOf(mask, { x: (i % columns) * CELL, y: Math.floor(i / columns) * CELL, width: CELL, height: CELL })
  })
  const boxes: Box[] = []
  for (let start = 0; start < cells.length; start++) {
    if (cells[start]) boxes.push(takeChain(cells, start, columns))
  }
  return boxes
}

/** Takes a cell and all that hang together with it out of the grid. */
function takeChain(cells: (Box | undefined)[], start: number, columns: number): Box {
  let whole = cells[start] as Box
  const open = [start]
  for (let cell = open.pop(); cell !== undefined; cell = open.pop()) {
    const box = cells[cell]
    if (!box) continue
    whole = union(whole, box)
    cells[cell] = undefined
    const column = cell % columns
    for (const row of [-columns, 0, columns]) {
      if (column > 0) open.push(cell + row - 1)
      open.push(cell + row)
      if (column < columns - 1) open.push(cell + row + 1)
    }
  }
  return whole
}

/** Around what is replaced within a part of the mask. */
export function boundsOf({ width, height, data }: Mask, part: Box): Box | undefined {
  const [right, bottom] = [Math.min(part.x + part.width, width), Math.min(part.y + part.height, height)]
  let [x0, y0, x1, y1] = [right, bottom, -1, -1]
  for (let y = part.y; y < bottom; y++) {
    for (let x = part.x; x < right; x++) {
      if (data[y * width + x] === 0) continue
      if (x < x0) x0 = x
      if (x > x1) x1 = x
      if (y < y0) y0 = y
      y1 = y
    }
  }
  return x1 < 0 ? undefined : { x: x0, y: y0, width: x1 - x0 + 1, height: y1 - y0 + 1 }
}

function belongTogether(a: Box, b: Box): boolean {
  const { width, height } = union(a, b)
  return overlap(a, b) || Math.max(width, height) + 2 * CONTEXT <= SHARED_SIDE
}

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height

function union(a: Box, b: Box): Box {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)]
  const right = Math.max(a.x + a.width, b.x + b.width)
  const bottom = Math.max(a.y + a.height, b.y + b.height)
  return { x, y, width: right - x, height: bottom - y }
}
