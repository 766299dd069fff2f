import type { Golden, TensorSpec } from './model'

/**
 * The feed of a self-test: noise that every device computes for itself, so that no picture has to be shipped.
 *
 * @param index place of the feed in `golden.feeds`; it seeds the noise
 * @returns row-major, as long as `dims` say, in `low`..`high`; whole numbers for integer types
 */
export function goldenFeed(
  { dims, low, high }: Golden['feeds'][number],
  index: number,
  type: TensorSpec['type'] = 'float32',
): Float64Array<ArrayBuffer> {
  const feed = new Float64Array(dims.reduce((product, dim) => product * dim, 1))
  for (let k = 0; k < feed.length; k++) {
    const noise = Math.sin(12.9898 * (k + 1) + 78.233 * (index + 1)) * 43758.5453
    const value = low + (high - low) * (noise - Math.floor(noise))
    feed[k] = type === 'float32' ? value : Math.round(value)
  }
  return feed
}
