// Each pixel of the hole becomes the weighted mean of what the matches of all patches over it say (Wexler, Shechtman &
// Irani, "Space-time completion of video", PAMI 2007, equation 6).

import { costs, depth, field, height, hole, markAt, pixels, trust, width } from './level'
import { TARGET } from './marks'
import { PATCH } from './patch'
import { storeRounded, wide } from './pyramid'

const CELL: usize = 32 // sum of RGBA, then of the weights, four times

/**
 * @param sums 8 rows of cells: a row is settled once no patch to come reaches it
 * @param spread the cost at which a patch counts for 1/√e
 */
export function vote(spread: f32, sums: usize): void {
  const rowBytes = <usize>width * CELL
  memory.fill(sums, 0, rowBytes * PATCH)
  for (let y = 0; y < height; y++) {
    if (y <= height - PATCH) {
      for (let x = 0; x <= width - PATCH; x++) if (markAt(x, y) == TARGET) add(x, y, spread, sums)
    }
    settleRow(y, sums + <usize>(y % PATCH) * rowBytes)
  }
}

// @ts-ignore: decorator
@inline
function add(x: i32, y: i32, spread: f32, sums: usize): void {
  const i = <usize>(y * width + x)
  const match = load<i32>(field + (i << 2))
  const middle = <usize>load<u8>(depth + i + <usize>((PATCH / 2) * (width + 1)))
  const weight = load<f32>(trust + (middle << 2)) * falloff(<f32>load<i32>(costs + (i << 2)) / spread)
  const w = f32x4.splat(weight)
  for (let v = 0; v < PATCH; v++) {
    let source = pixels + (<usize>(((match >> 16) + v) * width + (match & 0xffff)) << 2)
    let cell = sums + <usize>(((y + v) % PATCH) * width + x) * CELL
    for (let u = 0; u < PATCH; u++) {
      v128.store(cell, f32x4.add(v128.load(cell), f32x4.mul(f32x4.convert_i32x4_u(wide(source)), w)))
      store<f32>(cell, load<f32>(cell, 16) + weight, 16)
      source += 4
      cell += CELL
    }
  }
}

// exp(-x / 2), near enough: (1 - x/32)^16
// @ts-ignore: decorator
@inline
function falloff(x: f32): f32 {
  let v: f32 = max<f32>(0.02, 1 - x * (1 / 32))
  v *= v
  v *= v
  v *= v
  return max<f32>(v * v, 1e-6)
}

function settleRow(y: i32, row: usize): void {
  for (let x = 0; x < width; x++) {
    const i = <usize>(y * width + x)
    const cell = row + <usize>x * CELL
    const weight = load<f32>(cell, 16)
    if (weight <= 0) continue
    if (load<u8>(hole + i)) storeRounded(pixels + (i << 2), f32x4.div(v128.load(cell), f32x4.splat(weight)))
    v128.store(cell, f32x4.splat(0))
    store<f32>(cell, 0, 16)
  }
}
