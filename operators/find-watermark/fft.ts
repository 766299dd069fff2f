/** A complex signal in two dimensions, height × width, row-major; both sides are powers of two. */
export interface Spectrum {
  readonly width: number
  readonly height: number
  readonly re: Float64Array<ArrayBuffer>
  readonly im: Float64Array<ArrayBuffer>
}

export const powerOfTwo = (atLeast: number): number => 2 ** Math.ceil(Math.log2(Math.max(atLeast, 1)))

export const emptySpectrum = (width: number, height: number): Spectrum => ({
  width,
  height,
  re: new Float64Array(width * height),
  im: new Float64Array(width * height),
})

/**
 * The discrete Fourier transform in place, or its inverse, scaled by 1 / (width · height). In 64-bit floats: what is
 * looked for here are small correlations beside large ones.
 */
export function transform({ width, height, re, im }: Spectrum, inverse = false): void {
  const rows = tables(width, inverse)
  for (let y = 0; y < height; y++) {
    line(re.subarray(y * width, (y + 1) * width), im.subarray(y * width, (y + 1) * width), rows)
  }
  const columns = tables(height, inverse)
  const [columnRe, columnIm] = [new Float64Array(height), new Float64Array(height)]
  const scale = inverse ? 1 / (width * height) : 1
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      columnRe[y] = re[y * width + x]
      columnIm[y] = im[y * width + x]
    }
    line(columnRe, columnIm, columns)
    for (let y = 0; y < height; y++) {
      re[y * width + x] = columnRe[y] * scale
      im[y * width + x] = columnIm[y] * scale
    }
  }
}

interface Tables {
  readonly reversed: Uint32Array
  readonly cos: Float64Array
  readonly sin: Float64Array
}

function tables(length: number, inverse: boolean): Tables {
  const bits = Math.log2(length)
  const reversed = new Uint32Array(length)
  for (let i = 0; i < length; i++) reversed[i] = (reversed[i >> 1] >> 1) | (i & 1 ? 1 << (bits - 1) : 0)
  const angle = ((inverse ? 2 : -2) * Math.PI) / length
  const half = Array.from({ length: length / 2 }, (_, i) => i * angle)
  return { reversed, cos: Float64Array.from(half, Math.cos), sin: Float64Array.from(half, Math.sin) }
}

/** Radix 2, decimation in time. Cooley and Tukey, 1965. */
function line(re: Float64Array, im: Float64Array, { reversed, cos, sin }: Tables): void {
  const length = re.length
  for (let i = 0; i < length; i++) {
    const j = reversed[i]
    if (j <= i) continue
    const [r, m] = [re[i], im[i]]
    re[i] = re[j]
    im[i] = im[j]
    re[j] = r
    im[j] = m
  }
  for (let half = 1; half < length; half *= 2) {
    const step = length / (2 * half)
    for (let block = 0; block < length; block += 2 * half) {
      for (let k = 0; k < half; k++) {
        const a = block + k
        const b = a + half
        const r = re[b] * cos[k * step] - im[b] * sin[k * step]
        const m = re[b] * sin[k * step] + im[b] * cos[k * step]
        re[b] = re[a] - r
        im[b] = im[a] - m
        re[a] += r
        im[a] += m
      }
    }
  }
}
