/** How the four numbers of a point pair are cut into bins. @see Drost et al., "Model globally, match locally", CVPR 2010 */
export interface FeatureBins {
  /** Length of one distance bin, in model units. */
  readonly distanceStep: number
  readonly distances: number
  /** Bins of each of the three angles, over 0..π. */
  readonly angles: number
  /** Bins of the turn about the normal, over 0..2π. */
  readonly turns: number
  /** Angle bin by cosine: entry `(cosine + 1) * COSINE_SCALE`. */
  readonly angleByCosine: Uint8Array<ArrayBuffer>
}

export const COSINE_SCALE = 2047.5
const MOST_ANGLES = 24 // 13,824 keys per distance: finer angles than 7.5° are below the noise of any scanner
const FEWEST_TURNS = 8 // with fewer, a peak says nothing about the pose

/**
 * @param diagonal of the model's bounding box: no pair is longer
 * @param numAngles bins over 2π, the contract's `num_angles`
 */
export function featureBins(diagonal: number, relativeDistanceStep: number, numAngles: number): FeatureBins {
  const turns = Math.max(FEWEST_TURNS, numAngles)
  const angles = Math.min(MOST_ANGLES, Math.ceil(turns / 2))
  const angleByCosine = Uint8Array.from({ length: 4096 }, (_, i) =>
    Math.min(angles - 1, Math.floor((Math.acos(Math.min(1, i / COSINE_SCALE - 1)) / Math.PI) * angles)),
  )
  const distances = Math.floor(1 / relativeDistanceStep) + 1
  return { distanceStep: diagonal * relativeDistanceStep, distances, angles, turns, angleByCosine }
}

export const keyCount = ({ distances, angles }: FeatureBins): number => distances * angles ** 3

/** Two unit vectors that make a right-handed frame with the unit vector `n`: `u` into 0..2 of `out`, `v` into 3..5. */
export function frameOf(nx: number, ny: number, nz: number, out: Float64Array) {
  // Branch-free but for the sign; stable for every n. Duff et al., "Building an orthonormal basis, revisited", JCGT 2017
  const sign = nz >= 0 ? 1 : -1
  const a = -1 / (sign + nz)
  const b = nx * ny * a
  out[0] = 1 + sign * nx * nx * a
  out[1] = sign * b
  out[2] = -sign * nx
  out[3] = b
  out[4] = sign + ny * ny * a
  out[5] = -ny
}

const TURN = 65536

/** Direction of (u, v) as a 16-bit turn: 65536 is 2π, so differences wrap by themselves. Off by 0.0002 rad at most. */
export function turnOf(u: number, v: number): number {
  const [au, av] = [Math.abs(u), Math.abs(v)]
  const ratio = Math.min(au, av) / Math.max(au, av, 1e-30)
  const s = ratio * ratio
  // Minimax arctangent on 0..1. Abramowitz & Stegun 4.4.49, first five terms refitted
  let angle = ratio * (0.999866 + s * (-0.3302995 + s * (0.180141 + s * (-0.085133 + s * 0.0208351))))
  if (av > au) angle = Math.PI / 2 - angle
  if (u < 0) angle = Math.PI - angle
  if (v < 0) angle = -angle
  return Math.round((angle * TURN) / (2 * Math.PI)) & (TURN - 1)
}
