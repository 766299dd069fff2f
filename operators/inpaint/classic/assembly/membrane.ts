// Laplace's equation over a hole: a membrane stretched from its rim. Unknown pixels are cells with the cells of their four
// neighbours listed; known neighbours are cells behind them whose values stay. Pixels are RGBA, all four channels at once.

import { storeRounded, wide } from './pyramid'

/**
 * Numbers the pixels that are to be solved for, in raster order: those of the hole at most `band` thirds of a pixel deep.
 *
 * @param depth see `distances`
 * @param cells i32 per pixel: the number, -1 elsewhere
 * @returns how many
 */
export function numberCells(depth: usize, pixels: i32, band: i32, cells: usize): i32 {
  let count = 0
  for (let i = 0; i < pixels; i++) {
    const d = <i32>load<u8>(depth + <usize>i)
    store<i32>(cells + (<usize>i << 2), d > 0 && d <= band ? count++ : -1)
  }
  return count
}

/** Numbers what lies around the first `count` cells. @returns how many cells there are now */
export function collect(depth: usize, width: i32, height: i32, band: i32, cells: usize, count: i32): i32 {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const d = <i32>load<u8>(depth + <usize>i)
      if (d == 0 || d > band) continue
      if (x > 0) count = given(cells, i - 1, count)
      if (x < width - 1) count = given(cells, i + 1, count)
      if (y > 0) count = given(cells, i - width, count)
      if (y < height - 1) count = given(cells, i + width, count)
    }
  }
  return count
}

// @ts-ignore: decorator
@inline
function given(cells: usize, i: i32, count: i32): i32 {
  const at = cells + (<usize>i << 2)
  if (load<i32>(at) >= 0) return count
  store<i32>(at, count)
  return count + 1
}

/**
 * @param count cells to be solved for
 * @param values f32x4 per cell
 * @param neighbours 4 × i32 per cell to be solved for: left, right, above, below; itself beyond the border, which mirrors
 */
export function linkCells(
  pixels: usize, width: i32, height: i32, cells: usize, count: i32, values: usize, neighbours: usize,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = <usize>(y * width + x)
      const at = cells + (i << 2)
      const cell = load<i32>(at)
      if (cell < 0) continue
      v128.store(values + (<usize>cell << 4), f32x4.convert_i32x4_u(wide(pixels + (i << 2))))
      if (cell >= count) continue
      const list = neighbours + (<usize>cell << 4)
      store<i32>(list, x > 0 ? load<i32>(at - 4) : cell)
      store<i32>(list, x < width - 1 ? load<i32>(at + 4) : cell, 4)
      store<i32>(list, y > 0 ? load<i32>(at - (<usize>width << 2)) : cell, 8)
      store<i32>(list, y < height - 1 ? load<i32>(at + (<usize>width << 2)) : cell, 12)
    }
  }
}

/** Successive over-relaxation, forwards and then backwards over all cells. @param omega 1..2 */
export function relax(values: usize, neighbours: usize, count: i32, omega: f32): void {
  const share = f32x4.splat(omega / 4)
  const rest = f32x4.splat(1 - omega)
  for (let k = 0; k < count; k++) relaxCell(values, neighbours, k, share, rest)
  for (let k = count - 1; k >= 0; k--) relaxCell(values, neighbours, k, share, rest)
}

// @ts-ignore: decorator
@inline
function relaxCell(values: usize, neighbours: usize, cell: i32, share: v128, rest: v128): void {
  const list = neighbours + (<usize>cell << 4)
  const left = v128.load(values + (<usize>load<i32>(list) << 4))
  const right = v128.load(values + (<usize>load<i32>(list, 4) << 4))
  const above = v128.load(values + (<usize>load<i32>(list, 8) << 4))
  const below = v128.load(values + (<usize>load<i32>(list, 12) << 4))
  const sum = f32x4.add(f32x4.add(right, below), f32x4.add(above, left))
  const at = values + (<usize>cell << 4)
  v128.store(at, f32x4.add(f32x4.mul(v128.load(at), rest), f32x4.mul(sum, share)))
}

/** Rounds the solved cells into their pixels. */
export function writeBack(pixels: usize, count: i32, cells: usize, solved: i32, values: usize): void {
  for (let i = 0; i < count; i++) {
    const cell = load<i32>(cells + (<usize>i << 2))
    if (cell >= 0 && cell < solved) storeRounded(pixels + (<usize>i << 2), v128.load(values + (<usize>cell << 4)))
  }
}
