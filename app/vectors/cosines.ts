/**
 * The cosine of every pair.
 *
 * @param vectors of one length, of any norm
 * @returns n × n, row-major, -1..1; 0 where a vector is all zeros, except with itself: the diagonal is 1
 */
export function cosines(vectors: readonly ArrayLike<number>[]): Float32Array<ArrayBuffer> {
  const n = vectors.length
  const units = vectors.map(unit)
  const out = new Float32Array(n * n)
  for (let i = 0; i < n; i++) {
    out[i * n + i] = 1
    for (let j = 0; j < i; j++) {
      const cosine = dot(units[i], units[j])
      out[i * n + j] = cosine
      out[j * n + i] = cosine
    }
  }
  return out
}

function unit(vector: ArrayLike<number>): Float32Array {
  const out = Float32Array.from(vector)
  const norm = Math.sqrt(dot(out, out))
  return norm > 0 ? out.map((value) => value / norm) : out
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}
