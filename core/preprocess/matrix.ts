/** Six numbers (2×3, affine) or nine (3×3, a homography), row-major; maps column vectors (x, y, 1). */
export type Matrix = readonly number[]

/** Nine numbers. @throws RangeError for anything but six or nine */
function homography(matrix: Matrix): Matrix {
  if (matrix.length === 6) return [...matrix, 0, 0, 1]
  if (matrix.length === 9) return matrix
  throw new RangeError(`A matrix has 6 or 9 numbers, not ${matrix.length}`)
}

/** By cofactors, up to a factor, which a homography does not have. @throws RangeError when there is none */
export function inverse(matrix: Matrix): Matrix {
  const [a, b, c, d, e, f, g, h, i] = homography(matrix)
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g]
  const determinant = a * A + b * B + c * C
  const largest = Math.max(...matrix.map(Math.abs))
  // Not a number, too, fails this comparison.
  if (!(Math.abs(determinant) > 1e-12 * largest)) throw new RangeError('The matrix cannot be inverted')
  const cofactors = [A, c * h - b * i, b * f - c * e, B, a * i - c * g, c * d - a * f, C, b * g - a * h, a * e - b * d]
  return cofactors.map((value) => value / determinant)
}

/** `second` after `first`. */
export function compose(second: Matrix, first: Matrix): Matrix {
  return second.map((_, index) => {
    const row = index - (index % 3)
    const column = index % 3
    return second[row] * first[column] + second[row + 1] * first[column + 3] + second[row + 2] * first[column + 6]
  })
}

/** The third number is positive in front of the viewer. */
export function project(matrix: Matrix, x: number, y: number): readonly [number, number, number] {
  const z = matrix[6] * x + matrix[7] * y + matrix[8]
  return [(matrix[0] * x + matrix[1] * y + matrix[2]) / z, (matrix[3] * x + matrix[4] * y + matrix[5]) / z, z]
}
