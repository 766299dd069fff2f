/** Red, green, blue, 0..255. */
export type Rgb = readonly [number, number, number]

export interface MatrixColours {
  /** At cosine 0 and below. */
  readonly floor: Rgb
  /** Just under the threshold. */
  readonly under: Rgb
  /** At the threshold. */
  readonly over: Rgb
  /** At cosine 1. */
  readonly top: Rgb
}

/**
 * One pixel for each pair: grey below the threshold, in the accent from it on, brighter with the cosine.
 *
 * @param cosines n × n, row-major
 * @param order the member at each place
 * @returns RGBA, n × n
 */
export function paintMatrix(
  cosines: Float32Array,
  order: readonly number[],
  threshold: number,
  { floor, under, over, top }: MatrixColours,
): ImageData {
  const n = order.length
  const image = new ImageData(n, n)
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) {
      const cosine = cosines[order[y] * n + order[x]]
      const [from, to, part] =
        cosine >= threshold
          ? [over, top, (cosine - threshold) / Math.max(1e-6, 1 - threshold)]
          : [floor, under, Math.max(0, cosine) / Math.max(1e-6, threshold)]
      const at = (y * n + x) * 4
      for (let channel = 0; channel < 3; channel++) {
        image.data[at + channel] = from[channel] + (to[channel] - from[channel]) * Math.min(1, part)
      }
      image.data[at + 3] = 255
    }
  }
  return image
}
