// The field of matches: how it begins.

import { costOf, costs, field, grid, height, markAt, width } from './level'
import { SOURCE, TARGET } from './marks'
import { PATCH } from './patch'
import { random } from './random'

const TRIES: i32 = 64

/** Matches of the level half as large, doubled; -1 where it had none that is a source here. */
export function refineField(coarse: usize, coarseGrid: i32): void {
  const coarseWidth = (width + 1) >> 1
  const lastX = coarseWidth - PATCH
  const lastY = ((height + 1) >> 1) - PATCH
  for (let y = 0; y <= height - PATCH; y++) {
    for (let x = 0; x <= width - PATCH; x++) {
      if (markAt(x, y) != TARGET) continue
      const cx = min((x >> 1) / coarseGrid * coarseGrid, lastX)
      const cy = min((y >> 1) / coarseGrid * coarseGrid, lastY)
      const match = load<i32>(coarse + (<usize>(cy * coarseWidth + cx) << 2))
      const sx = 2 * (match & 0xffff) + x - 2 * cx
      const sy = 2 * (match >> 16) + y - 2 * cy
      const fits = match >= 0 && sx <= width - PATCH && sy <= height - PATCH && markAt(sx, sy) == SOURCE
      store<i32>(field + (<usize>(y * width + x) << 2), fits ? sx | (sy << 16) : -1)
    }
  }
}

/** No target has a match: all begin anew. */
export function scatter(): void {
  memory.fill(field, 0xff, <usize>(width * height) << 2)
}

/** The costs of all matches, which are out of date once pixels have changed; a random match where there is none. */
export function updateCosts(): void {
  for (let y = 0; y <= height - PATCH; y++) {
    for (let x = 0; x <= width - PATCH; x++) {
      if (markAt(x, y) != TARGET) continue
      const at = <usize>(y * width + x) << 2
      let match = load<i32>(field + at)
      if (match < 0) {
        match = anySource()
        store<i32>(field + at, match)
      }
      store<i32>(costs + at, costOf(x, y, match & 0xffff, match >> 16, i32.MAX_VALUE))
    }
  }
}

function anySource(): i32 {
  const columns = width - PATCH + 1
  const rows = height - PATCH + 1
  for (let n = 0; n < TRIES; n++) {
    const x = random(columns)
    const y = random(rows)
    if (markAt(x, y) == SOURCE) return x | (y << 16)
  }
  // So few that they are hard to hit: the next one from a random place on.
  const start = random(columns * rows)
  for (let n = 0; n < columns * rows; n++) {
    const k = (start + n) % (columns * rows)
    if (markAt(k % columns, k / columns) == SOURCE) return (k % columns) | ((k / columns) << 16)
  }
  return 0
}
