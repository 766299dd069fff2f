import { slopeX, slopeY, turns } from './gradient'

const CELLS: i32 = 4
const BINS: i32 = 8
const LENGTH: i32 = CELLS * CELLS * BINS
const CELL_BYTES: i32 = BINS * 4
const ROW_BYTES: i32 = (CELLS + 2) * CELL_BYTES

const grid = memory.data((4 + 2) * (4 + 2) * 8 * 4, 16) // with a rim of cells that take what falls outside
const columnFalloff = memory.data(4 * 2056)
const raw = memory.data(128 * 4)

// Of four gradients: the first of the four cells that share each, its direction, and its share for each cell.
const cells = memory.data(16)
const directions = memory.data(16)
const shares = memory.data(4 * 16)

const CLAMP: f32 = 0.2
const SCALE: f32 = 512

/** Prepares four gradients: `row` and `column` in cells from the first of the grid, -1 to 4. */
// @ts-ignore: decorator
@inline
function share(row: v128, column: v128, weight: v128): void {
  const r = f32x4.floor(row)
  const c = f32x4.floor(column)
  const corner = f32x4.add(
    f32x4.mul(f32x4.add(r, f32x4.splat(1)), f32x4.splat(<f32>ROW_BYTES)),
    f32x4.mul(f32x4.add(c, f32x4.splat(1)), f32x4.splat(<f32>CELL_BYTES)),
  )
  v128.store(cells, i32x4.trunc_sat_f32x4_s(corner))
  const inColumn = f32x4.sub(column, c)
  const lower = f32x4.mul(weight, f32x4.sub(row, r))
  const upper = f32x4.sub(weight, lower)
  const upperRight = f32x4.mul(upper, inColumn)
  const lowerRight = f32x4.mul(lower, inColumn)
  v128.store(shares, f32x4.sub(upper, upperRight))
  v128.store(shares, upperRight, 16)
  v128.store(shares, f32x4.sub(lower, lowerRight), 32)
  v128.store(shares, lowerRight, 48)
}

/** How much of a direction each of four bins gets: linear, around the circle. */
// @ts-ignore: decorator
@inline
function hat(direction: v128, bins: v128): v128 {
  const away = f32x4.abs(f32x4.sub(direction, bins))
  const around = f32x4.min(away, f32x4.sub(f32x4.splat(<f32>BINS), away))
  return f32x4.max(f32x4.splat(0), f32x4.sub(f32x4.splat(1), around))
}

// @ts-ignore: decorator
@inline
function addTo(cell: usize, low: v128, high: v128, weight: v128): void {
  v128.store(cell, f32x4.add(v128.load(cell), f32x4.mul(low, weight)))
  v128.store(cell, f32x4.add(v128.load(cell, 16), f32x4.mul(high, weight)), 16)
}

/** Adds one prepared gradient to its four cells; whole cells, as overlapping parts of them would stall the processor. */
// @ts-ignore: decorator
@inline
function spread(lane: usize): void {
  const cell = grid + <usize>load<i32>(cells + lane)
  const direction = v128.load32_splat(directions + lane)
  const low = hat(direction, f32x4(0, 1, 2, 3))
  const high = hat(direction, f32x4(4, 5, 6, 7))
  addTo(cell, low, high, v128.load32_splat(shares + lane))
  addTo(cell + CELL_BYTES, low, high, v128.load32_splat(shares + lane, 16))
  addTo(cell + ROW_BYTES, low, high, v128.load32_splat(shares + lane, 32))
  addTo(cell + ROW_BYTES + CELL_BYTES, low, high, v128.load32_splat(shares + lane, 48))
}

/**
 * Where along a row a linear function `start + slope * j` stays inside ±limit: the first j, at least `first`.
 */
// @ts-ignore: decorator
@inline
function enter(start: f32, slope: f32, limit: f32, first: i32): i32 {
  if (Mathf.abs(slope) < 1e-6) return Mathf.abs(start) < limit ? first : i32.MAX_VALUE
  return max(first, <i32>Mathf.ceil((slope > 0 ? -limit - start : limit - start) / slope))
}

// @ts-ignore: decorator
@inline
function leave(start: f32, slope: f32, limit: f32, last: i32): i32 {
  if (Mathf.abs(slope) < 1e-6) return Mathf.abs(start) < limit ? last : i32.MIN_VALUE
  return min(last, <i32>Mathf.floor((slope > 0 ? limit - start : -limit - start) / slope))
}

function normalise(out: usize): void {
  let squares: f32 = 0
  for (let r = 0; r < CELLS; r++) {
    for (let c = 0; c < CELLS; c++) {
      const cell = grid + <usize>((r + 1) * ROW_BYTES + (c + 1) * CELL_BYTES)
      for (let b: usize = 0; b < 32; b += 4) {
        const value = load<f32>(cell + b)
        squares += value * value
        store<f32>(raw + <usize>((r * CELLS + c) << 5) + b, value)
      }
    }
  }
  const limit = Mathf.sqrt(squares) * CLAMP
  squares = 0
  for (let i = 0; i < LENGTH; i++) {
    const value = min(load<f32>(raw + (<usize>i << 2)), limit)
    squares += value * value
    store<f32>(raw + (<usize>i << 2), value)
  }
  const factor = SCALE / max(Mathf.sqrt(squares), <f32>1e-7)
  for (let i = 0; i < LENGTH; i++) {
    const value = Mathf.min(load<f32>(raw + (<usize>i << 2)) * factor + 0.5, 255)
    store<i16>(out + (<usize>i << 1), <i16>value)
  }
}

/**
 * The SIFT descriptor of a key point: gradients in 4 × 4 cells of 8 directions, turned to the key point's own direction,
 * clamped at 0.2 and scaled to whole numbers 0..255 (Lowe 2004, section 6). Order and scale are OpenCV's.
 *
 * @param centerX pixels of the plane, as centerY; the cells lie around the exact place
 * @param angle radians, clockwise as y points down
 * @param scale sigma of the key point, in pixels of the plane
 * @param out 128 i16
 */
export function describe(
  plane: usize,
  width: i32,
  height: i32,
  stride: i32,
  centerX: f32,
  centerY: f32,
  angle: f32,
  scale: f32,
  out: usize,
): void {
  memory.fill(grid, 0, (CELLS + 2) * ROW_BYTES)
  const cellWidth: f32 = 3 * scale
  // half the diagonal of five cells: beyond it nothing is shared with the inner four
  const radius = min(<i32>Mathf.round(cellWidth * 1.4142135 * <f32>(CELLS + 1) * 0.5), 1024)
  const x = <i32>Mathf.round(centerX)
  const y = <i32>Mathf.round(centerY)
  const offsetX = centerX - <f32>x
  const offsetY = centerY - <f32>y
  const cosine = Mathf.cos(angle) / cellWidth
  const sine = Mathf.sin(angle) / cellWidth
  const spreadFactor: f32 = -1 / (cellWidth * cellWidth * <f32>(CELLS * CELLS) * 0.5)
  for (let j = -radius; j <= radius + 4; j++) {
    const across = <f32>j - offsetX
    store<f32>(columnFalloff + (<usize>(j + radius) << 2), Mathf.exp(across * across * spreadFactor))
  }
  const bytes = <usize>stride << 1
  const half: f32 = <f32>CELLS / 2
  const limit: f32 = half + 0.4999
  const ownTurns: f32 = angle / 6.2831853
  const lanes = f32x4(0, 1, 2, 3)
  for (let i = max(-radius, 1 - y), bottom = min(radius, height - 2 - y); i <= bottom; i++) {
    const down = <f32>i - offsetY
    const columnStart = down * sine - offsetX * cosine
    const rowStart = down * cosine + offsetX * sine
    let first = max(-radius, 1 - x)
    let last = min(radius, width - 2 - x)
    first = enter(columnStart, cosine, limit, first)
    last = leave(columnStart, cosine, limit, last)
    first = enter(rowStart, -sine, limit, first)
    last = leave(rowStart, -sine, limit, last)
    const rowWeight = Mathf.exp(down * down * spreadFactor)
    const line = plane + <usize>(y + i) * bytes + (<usize>x << 1)
    for (let j = first; j <= last; j += 4) {
      const at = line + (j << 1)
      const dx = slopeX(at)
      const dy = slopeY(at, bytes)
      const magnitude = f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)))
      const falloff = f32x4.mul(v128.load(columnFalloff + (<usize>(j + radius) << 2)), f32x4.splat(rowWeight))
      const steps = f32x4.add(lanes, f32x4.splat(<f32>j))
      const column = f32x4.add(f32x4.mul(steps, f32x4.splat(cosine)), f32x4.splat(columnStart + half - 0.5))
      const row = f32x4.sub(f32x4.splat(rowStart + half - 0.5), f32x4.mul(steps, f32x4.splat(sine)))
      share(row, column, f32x4.mul(magnitude, falloff))
      const turned = f32x4.add(turns(dx, dy), f32x4.splat(ownTurns))
      v128.store(directions, f32x4.mul(f32x4.sub(turned, f32x4.floor(turned)), f32x4.splat(<f32>BINS)))
      for (let lane: usize = 0, end = <usize>min(4, last - j + 1) << 2; lane < end; lane += 4) spread(lane)
    }
  }
  normalise(out)
}
