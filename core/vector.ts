/** @param a and b of one length */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** The vector at length 1; one of zeros stays as it is. */
export function unitLength(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dot(vector, vector))
  return length > 0 ? vector.map((value) => value / length) : vector
}

/** -1..1; 0 when one of them is all zeros. @param a and b of one length */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const norms = dot(a, a) * dot(b, b)
  return norms > 0 ? dot(a, b) / Math.sqrt(norms) : 0
}
