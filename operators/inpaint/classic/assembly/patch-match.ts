// PatchMatch (Barnes, Shechtman, Finkelstein & Goldman, "PatchMatch: a randomized correspondence algorithm for structural
// image editing", SIGGRAPH 2009): for each patch that touches the hole a like one that does not.

import { costOf, costs, field, grid, height, markAt, width } from './level'
import { SOURCE, TARGET } from './marks'
import { PATCH } from './patch'
import { random } from './random'

let best: i32 = 0
let cost: i32 = 0

/** Rows `from` to `to`, counted from the end when backwards: the neighbours' matches shifted, then random ones ever nearer. */
export function sweep(from: i32, to: i32, backwards: boolean, reach: i32): void {
  const lastX = width - PATCH
  for (let n = from; n < to; n++) {
    const y = backwards ? height - PATCH - n : n
    for (let m = 0; m <= lastX; m++) {
      const x = backwards ? lastX - m : m
      if (markAt(x, y) == TARGET) improve(x, y, backwards ? -grid : grid, reach)
    }
  }
}

function improve(x: i32, y: i32, step: i32, reach: i32): void {
  const at = <usize>(y * width + x) << 2
  best = load<i32>(field + at)
  cost = load<i32>(costs + at)
  propagate(x, y, step, 0)
  propagate(x, y, 0, step)
  for (let radius = reach; radius >= 1; radius >>= 1) {
    const left = max(0, (best & 0xffff) - radius)
    const top = max(0, (best >> 16) - radius)
    const right = min(width - PATCH, (best & 0xffff) + radius)
    const bottom = min(height - PATCH, (best >> 16) + radius)
    consider(x, y, left + random(right - left + 1), top + random(bottom - top + 1))
  }
  store<i32>(field + at, best)
  store<i32>(costs + at, cost)
}

// @ts-ignore: decorator
@inline
function propagate(x: i32, y: i32, dx: i32, dy: i32): void {
  const nx = x - dx
  const ny = y - dy
  if (nx < 0 || ny < 0 || nx > width - PATCH || ny > height - PATCH || markAt(nx, ny) != TARGET) return
  const near = load<i32>(field + (<usize>(ny * width + nx) << 2))
  const sx = (near & 0xffff) + dx
  const sy = (near >> 16) + dy
  if (sx < 0 || sy < 0 || sx > width - PATCH || sy > height - PATCH) return
  consider(x, y, sx, sy)
}

// @ts-ignore: decorator
@inline
function consider(x: i32, y: i32, sx: i32, sy: i32): void {
  const match = sx | (sy << 16)
  if (match == best || markAt(sx, sy) != SOURCE) return
  const found = costOf(x, y, sx, sy, cost)
  if (found >= cost) return
  cost = found
  best = match
}
