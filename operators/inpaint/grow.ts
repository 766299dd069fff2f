import type { Mask } from './mask'

/**
 * A mask that reaches further: by `margin` pixels at full strength, then fading to nothing over `feather` more. Nowhere is
 * it weaker than it was.
 *
 * @param margin,feather pixels, whole
 */
export function grow(mask: Mask, margin: number, feather: number): Mask {
  const wide = margin > 0 ? widened(mask, margin) : mask
  const half = Math.ceil(feather / 2)
  if (half === 0) return wide
  const soft = averaged(widened(wide, half), half)
  for (let i = 0; i < soft.data.length; i++) soft.data[i] = Math.max(soft.data[i], wide.data[i])
  return soft
}

type Line = (from: Uint8Array, to: Uint8Array, radius: number) => void

const widened = (mask: Mask, radius: number): Mask => alongBoth(mask, radius, largest)
const averaged = (mask: Mask, radius: number): Mask => alongBoth(mask, radius, mean)

/** Applies a filter along each row, then along each column. */
function alongBoth({ width, height, data }: Mask, radius: number, filter: Line): Mask {
  const out = new Uint8Array(data.length)
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width)
    if (isPlain(row)) out.fill(row[0], y * width, (y + 1) * width)
    else filter(row, out.subarray(y * width, (y + 1) * width), radius)
  }
  const [column, made] = [new Uint8Array(height), new Uint8Array(height)]
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) column[y] = out[y * width + x]
    if (isPlain(column)) continue
    filter(column, made, radius)
    for (let y = 0; y < height; y++) out[y * width + x] = made[y]
  }
  return { width, height, data: out }
}

/** Of one value throughout, as most lines of most masks are: every filter leaves it so. */
const isPlain = (line: Uint8Array): boolean => line.every((value) => value === line[0])

/**
 * The largest within `radius`, at three comparisons for each value however far that is.
 *
 * @see van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels", 1992
 */
function largest(from: Uint8Array, to: Uint8Array, radius: number): void {
  const block = 2 * radius + 1
  const padded = new Uint8Array(Math.ceil((from.length + 2 * radius) / block) * block)
  padded.set(from, radius)
  const ahead = padded.slice()
  const behind = padded.slice()
  for (let i = 1; i < padded.length; i++) if (i % block !== 0) ahead[i] = Math.max(ahead[i], ahead[i - 1])
  for (let i = padded.length - 2; i >= 0; i--) {
    if ((i + 1) % block !== 0) behind[i] = Math.max(behind[i], behind[i + 1])
  }
  for (let i = 0; i < from.length; i++) to[i] = Math.max(behind[i], ahead[i + block - 1])
}

/** The mean within `radius`; the edge value goes on outside. */
function mean(from: Uint8Array, to: Uint8Array, radius: number): void {
  const last = from.length - 1
  const at = (i: number) => from[Math.min(Math.max(i, 0), last)]
  let sum = 0
  for (let i = -radius; i <= radius; i++) sum += at(i)
  for (let i = 0; i <= last; i++) {
    to[i] = Math.round(sum / (2 * radius + 1))
    sum += at(i + radius + 1) - at(i - radius)
  }
}
