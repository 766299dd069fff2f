/** A point set with one unit normal per point: the working form of every stage of surface matching. */
export interface OrientedPoints {
  readonly count: number
  /** x y z of each point: `3 * count`. */
  readonly positions: Float32Array<ArrayBuffer>
  /** Unit length, `3 * count`. */
  readonly normals: Float32Array<ArrayBuffer>
}

/** What a point file holds. */
export interface PointCloud {
  readonly count: number
  /** x y z of each point relative to `origin`: far from zero, 32-bit floats lose what the points differ by. */
  readonly positions: Float32Array<ArrayBuffer>
  /** Unit length; null when the file has none. A zero-length normal stays zero. */
  readonly normals: Float32Array<ArrayBuffer> | null
  readonly origin: readonly [x: number, y: number, z: number]
  /** Points in the file; more than `count` when the file was too large to keep every one. */
  readonly total: number
  /** Number in the file, from 1, of the first point whose normal has no direction. */
  readonly firstZeroNormal: number | null
}

/** The box around the points, and the length of its diagonal. */
export interface Bounds {
  readonly low: readonly [number, number, number]
  readonly high: readonly [number, number, number]
  readonly diagonal: number
}

export function boundsOf({ positions }: Pick<OrientedPoints, 'positions'>): Bounds {
  const low: [number, number, number] = [Infinity, Infinity, Infinity]
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity]
  for (let i = 0; i < positions.length; i += 3) {
    for (let axis = 0; axis < 3; axis++) {
      low[axis] = Math.min(low[axis], positions[i + axis])
      high[axis] = Math.max(high[axis], positions[i + axis])
    }
  }
  return { low, high, diagonal: Math.hypot(high[0] - low[0], high[1] - low[1], high[2] - low[2]) }
}
