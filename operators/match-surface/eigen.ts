type Vector = readonly [number, number, number]

/**
 * Unit eigenvector of the smallest eigenvalue of a symmetric 3×3 matrix, given as xx xy xz yy yz zz.
 *
 * @see Smith, "Eigenvalues of a symmetric 3 × 3 matrix", CACM 1961
 */
export function smallestEigenvector([a, b, c, d, e, f]: readonly number[]): Vector {
  const q = (a + d + f) / 3
  const p = Math.sqrt(((a - q) ** 2 + (d - q) ** 2 + (f - q) ** 2 + 2 * (b * b + c * c + e * e)) / 6)
  if (p === 0) return [0, 0, 1] // a ball has no thin side
  const [m, n, o] = [(a - q) / p, (d - q) / p, (f - q) / p]
  const [r, s, t] = [b / p, c / p, e / p]
  const half = (m * (n * o - t * t) - r * (r * o - t * s) + s * (r * t - n * s)) / 2
  const angle = Math.acos(Math.max(-1, Math.min(1, half))) / 3
  const smallest = q + 2 * p * Math.cos(angle + (2 * Math.PI) / 3)
  const rows: Vector[] = [
    [a - smallest, b, c],
    [b, d - smallest, e],
    [c, e, f - smallest],
  ]
  // Each row is square to the vector sought; the best conditioned pair of them gives it.
  const crosses = [cross(rows[0], rows[1]), cross(rows[0], rows[2]), cross(rows[1], rows[2])]
  const lengths = crosses.map(([x, y, z]) => Math.hypot(x, y, z))
  const length = Math.max(...lengths)
  const longest = crosses[lengths.indexOf(length)]
  return length > 0 ? [longest[0] / length, longest[1] / length, longest[2] / length] : [0, 0, 1]
}

function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
