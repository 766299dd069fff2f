/**
 * How much of each pixel lies inside a convex polygon: exactly the area they share, 0..1.
 *
 * Every edge adds to each row it crosses the signed area to its right; summed from left to right that is the coverage.
 *
 * @param corners x and y as f64, `count` of them, each within 0..width and 0..height
 * @param out f32, `height` rows of width + 2; overwritten
 * @see Levien, "Inside the fastest font renderer in the world", 2016
 */
export function coverage(corners: usize, count: i32, out: usize, width: i32, height: i32): void {
  const stride = <usize>(width + 2) << 2
  memory.fill(out, 0, stride * <usize>height)
  for (let i = 0; i < count; i++) {
    const from = corners + (<usize>i << 4)
    const to = corners + (<usize>((i + 1) % count) << 4)
    addEdge(load<f64>(from), load<f64>(from, 8), load<f64>(to), load<f64>(to, 8), out, stride, height)
  }
  for (let y = 0; y < height; y++) {
    const row = out + stride * <usize>y
    let sum: f32 = 0
    for (let x = 0; x < width; x++) {
      const at = row + (<usize>x << 2)
      sum += load<f32>(at)
      store<f32>(at, min<f32>(abs(sum), 1))
    }
  }
}

function addEdge(ax: f64, ay: f64, bx: f64, by: f64, out: usize, stride: usize, height: i32): void {
  if (ay == by) return
  const isDown = ay < by
  const top = isDown ? ay : by
  const bottom = isDown ? by : ay
  const slope = (bx - ax) / (by - ay)
  const last = min(<i32>ceil(bottom), height)
  let x = isDown ? ax : bx
  for (let y = <i32>top; y < last; y++) {
    const share = min(<f64>(y + 1), bottom) - max(<f64>y, top)
    const next = x + slope * share
    addToRow(out + stride * <usize>y, min(x, next), max(x, next), isDown ? share : -share)
    x = next
  }
}

/** @param share the part of the row's height that the edge crosses on its way from x = left to x = right, signed */
function addToRow(row: usize, left: f64, right: f64, share: f64): void {
  const first = <i32>left
  const end = <i32>ceil(right)
  if (end <= first + 1) {
    const middle = 0.5 * (left + right) - <f64>first
    add(row, first, share * (1 - middle))
    add(row, first + 1, share * middle)
    return
  }
  const perPixel = 1 / (right - left)
  const into = 1 - (left - <f64>first)
  const outOf = right - <f64>(end - 1)
  let seen = 0.5 * perPixel * into * into // of the first pixel, what lies right of the edge
  add(row, first, share * seen)
  for (let x = first + 1; x < end - 1; x++) {
    const now = perPixel * (<f64>x + 0.5 - left)
    add(row, x, share * (now - seen))
    seen = now
  }
  const rest = 1 - 0.5 * perPixel * outOf * outOf
  add(row, end - 1, share * (rest - seen))
  add(row, end, share * (1 - rest))
}

// @ts-ignore: decorator
@inline
function add(row: usize, x: i32, value: f64): void {
  const at = row + (<usize>x << 2)
  store<f32>(at, load<f32>(at) + <f32>value)
}
