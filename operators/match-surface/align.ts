import { move, normalized, product, type Quaternion, quaternionOf, type Rigid, rigidAbout } from './rigid'

/** The normal equations of point-to-plane alignment: 21 entries of the symmetric 6×6, then the 6 of the right side. */
export type Equations = Float64Array<ArrayBuffer>

export const equations = (): Equations => new Float64Array(27)

/**
 * Adds one pair: model point at (x, y, z) from the centre of rotation, `away` from the plane of normal (nx, ny, nz).
 *
 * @see Chen & Medioni, "Object modelling by registration of multiple range images", 1992
 */
export function addPair(
  e: Equations,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
  away: number,
  weight: number,
) {
  const a = y * nz - z * ny
  const b = z * nx - x * nz
  const c = x * ny - y * nx
  const [wa, wb, wc, wx, wy, wz] = [a * weight, b * weight, c * weight, nx * weight, ny * weight, nz * weight]
  e[0] += wa * a
  e[1] += wa * b
  e[2] += wa * c
  e[3] += wa * nx
  e[4] += wa * ny
  e[5] += wa * nz
  e[6] += wb * b
  e[7] += wb * c
  e[8] += wb * nx
  e[9] += wb * ny
  e[10] += wb * nz
  e[11] += wc * c
  e[12] += wc * nx
  e[13] += wc * ny
  e[14] += wc * nz
  e[15] += wx * nx
  e[16] += wx * ny
  e[17] += wx * nz
  e[18] += wy * ny
  e[19] += wy * nz
  e[20] += wz * nz
  e[21] -= wa * away
  e[22] -= wb * away
  e[23] -= wc * away
  e[24] -= wx * away
  e[25] -= wy * away
  e[26] -= wz * away
}

const DAMPING = 1e-3 // of the mean diagonal of each block: a sphere or a plane leaves some motions free

/**
 * The pose after the small motion that the equations ask for.
 *
 * @param centre of the model, in model coordinates
 * @returns undefined when the equations are empty
 */
export function stepped(pose: Rigid, e: Equations, centre: readonly [number, number, number]): Rigid | undefined {
  const a = new Float64Array(36)
  let at = 0
  for (let row = 0; row < 6; row++) for (let col = row; col < 6; col++) a[row * 6 + col] = a[col * 6 + row] = e[at++]
  damp(a, 0)
  damp(a, 3)
  const x = solve(a, e.subarray(21))
  if (!x) return undefined
  const turn: Quaternion = normalized([x[0] / 2, x[1] / 2, x[2] / 2, 1])
  const [px, py, pz] = move(pose, ...centre)
  return rigidAbout(normalized(product(turn, quaternionOf(pose))), centre, [px + x[3], py + x[4], pz + x[5]])
}

function damp(a: Float64Array, from: number) {
  const mean = (a[from * 7] + a[(from + 1) * 7] + a[(from + 2) * 7]) / 3
  for (let i = from; i < from + 3; i++) a[i * 7] += DAMPING * mean
}

/** Cholesky; undefined when `a` is not positive definite. */
function solve(a: Float64Array, b: Float64Array): Float64Array | undefined {
  const x = Float64Array.from(b)
  for (let j = 0; j < 6; j++) {
    for (let k = 0; k < j; k++) for (let i = j; i < 6; i++) a[i * 6 + j] -= a[i * 6 + k] * a[j * 6 + k]
    if (!(a[j * 7] > 0)) return undefined
    const root = Math.sqrt(a[j * 7])
    for (let i = j; i < 6; i++) a[i * 6 + j] /= root
  }
  for (let i = 0; i < 6; i++) {
    for (let k = 0; k < i; k++) x[i] -= a[i * 6 + k] * x[k]
    x[i] /= a[i * 7]
  }
  for (let i = 5; i >= 0; i--) {
    for (let k = i + 1; k < 6; k++) x[i] -= a[k * 6 + i] * x[k]
    x[i] /= a[i * 7]
  }
  return x
}
