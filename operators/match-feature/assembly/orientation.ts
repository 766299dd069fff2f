import { slopeX, slopeY, turns } from './gradient'

const BINS: i32 = 36
const weights = memory.data(16)
const bins = memory.data(16)
const falloff = memory.data(4 * 1032)

/**
 * Gradient directions around a pixel: 36 bins of 10°, weighted by magnitude and by a Gaussian (Lowe 2004, section 5).
 *
 * @param radius at most 500
 * @param sigma of the Gaussian, pixels
 * @param out 36 f32, overwritten
 */
export function orientationHistogram(
  plane: usize,
  width: i32,
  height: i32,
  stride: i32,
  x: i32,
  y: i32,
  radius: i32,
  sigma: f32,
  out: usize,
): void {
  memory.fill(out, 0, BINS << 2)
  for (let k = -radius; k <= radius + 4; k++) {
    store<f32>(falloff + (<usize>(k + radius) << 2), Mathf.exp(<f32>(-k * k) / (2 * sigma * sigma)))
  }
  const bytes = <usize>stride << 1
  const left = max(x - radius, 1)
  const right = min(x + radius, width - 2)
  for (let row = max(y - radius, 1), end = min(y + radius, height - 2); row <= end; row++) {
    const rowWeight = load<f32>(falloff + (<usize>(row - y + radius) << 2))
    for (let column = left; column <= right; column += 4) {
      const at = plane + <usize>row * bytes + (<usize>column << 1)
      const dx = slopeX(at)
      const dy = slopeY(at, bytes)
      const weight = f32x4.mul(v128.load(falloff + (<usize>(column - x + radius) << 2)), f32x4.splat(rowWeight))
      v128.store(weights, f32x4.mul(weight, f32x4.sqrt(f32x4.add(f32x4.mul(dx, dx), f32x4.mul(dy, dy)))))
      v128.store(bins, f32x4.mul(turns(dx, dy), f32x4.splat(<f32>BINS)))
      for (let lane = 0, last = min(4, right - column + 1); lane < last; lane++) {
        const offset = <usize>lane << 2
        const bin = load<f32>(bins + offset)
        const index = <i32>bin
        const weight = load<f32>(weights + offset)
        const beyond = weight * (bin - <f32>index)
        const at = out + (<usize>(index >= BINS ? index - BINS : index) << 2)
        const next = out + (<usize>(index + 1 >= BINS ? index + 1 - BINS : index + 1) << 2)
        store<f32>(at, load<f32>(at) + weight - beyond)
        store<f32>(next, load<f32>(next) + beyond)
      }
    }
  }
}
