/** A rigid motion, row-major 3×4 `[R | t]`, 12 numbers: carries p to R p + t. */
export type Rigid = Float64Array<ArrayBuffer>

/** Unit quaternion x y z w, as Shoemake writes it. */
export type Quaternion = readonly [x: number, y: number, z: number, w: number]

type Vector = readonly [number, number, number]

export function rigid(r: ArrayLike<number>, t: Vector): Rigid {
  return new Float64Array([r[0], r[1], r[2], t[0], r[3], r[4], r[5], t[1], r[6], r[7], r[8], t[2]])
}

export function move(m: Rigid, x: number, y: number, z: number): [number, number, number] {
  return [
    m[0] * x + m[1] * y + m[2] * z + m[3],
    m[4] * x + m[5] * y + m[6] * z + m[7],
    m[8] * x + m[9] * y + m[10] * z + m[11],
  ]
}

/** The motion with rotation `q` that carries `from` to `to`. */
export function rigidAbout(q: Quaternion, from: Vector, to: Vector): Rigid {
  const turn = rigid(rotationOf(q), [0, 0, 0])
  const [x, y, z] = move(turn, ...from)
  turn[3] = to[0] - x
  turn[7] = to[1] - y
  turn[11] = to[2] - z
  return turn
}

function rotationOf([x, y, z, w]: Quaternion): number[] {
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - z * w),
    2 * (x * z + y * w),
    2 * (x * y + z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z - x * w),
    2 * (x * z - y * w),
    2 * (y * z + x * w),
    1 - 2 * (x * x + y * y),
  ]
}

/** Divides by the largest of the four squared components, so no case loses digits. */
export function quaternionOf(m: Rigid): Quaternion {
  const [a, b, c, d, e, f, g, h, i] = [m[0], m[1], m[2], m[4], m[5], m[6], m[8], m[9], m[10]]
  const squares = [1 + a - e - i, 1 - a + e - i, 1 - a - e + i, 1 + a + e + i]
  const largest = squares.indexOf(Math.max(...squares))
  const s = 2 * Math.sqrt(squares[largest])
  if (largest === 0) return normalized([s / 4, (b + d) / s, (c + g) / s, (h - f) / s])
  if (largest === 1) return normalized([(b + d) / s, s / 4, (f + h) / s, (c - g) / s])
  if (largest === 2) return normalized([(c + g) / s, (f + h) / s, s / 4, (d - b) / s])
  return normalized([(h - f) / s, (c - g) / s, (d - b) / s, s / 4])
}

export function normalized([x, y, z, w]: Quaternion): Quaternion {
  const length = Math.hypot(x, y, z, w)
  return [x / length, y / length, z / length, w / length]
}

/** `a` after `b`. */
export function product([ax, ay, az, aw]: Quaternion, [bx, by, bz, bw]: Quaternion): Quaternion {
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ]
}

/** Cosine of half the angle between two rotations: 1 when they are the same. */
export function likeness(a: Quaternion, b: Quaternion): number {
  return Math.abs(a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3])
}
