import type { Raster, Size } from './raster'

// "Inferno" by Nathaniel Smith and Stéfan van der Walt (CC0, https://bids.github.io/colormap): equal steps of the value
// look like equal steps, in gray print and to colour-blind people too. Every eighth colour; between them lines are
// within 2 of 255 of the original.
const INFERNO =
  '0000040403120b0724150b37210c4a2f0a5b3d09654a0c6b56106e63156e70196e7d1e6d89226a962766a32c61af315bbb3654' +
  'c63d4dd14545da4f3ce35932eb6529f1721ef67f14f98c0afb9b06fcaa0ffbba1ff9c932f5d949f2e865f3f586fcffa4'

/**
 * Values as colours: 0 and below is black, 1 and above is pale yellow.
 *
 * @param values height × width, row-major
 */
export function heatmap(values: Float32Array, { width, height }: Size): Raster {
  const table = colorTable()
  const pixels = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const level = values[i] * 255 + 0.5
    pixels[i] = table[level < 0 ? 0 : level > 255 ? 255 : level | 0]
  }
  return { width, height, data: new Uint8ClampedArray(pixels.buffer) }
}

/** 256 opaque pixels in the byte order of a raster. */
function colorTable(): Uint32Array {
  const bytes = new Uint8ClampedArray(256 * 4).fill(255)
  const stops = INFERNO.length / 6 - 1
  for (let level = 0; level < 256; level++) {
    const at = (level / 255) * stops
    const stop = Math.min(Math.floor(at), stops - 1)
    for (let c = 0; c < 3; c++) {
      const [from, to] = [channel(stop, c), channel(stop + 1, c)]
      bytes[level * 4 + c] = from + (to - from) * (at - stop)
    }
  }
  return new Uint32Array(bytes.buffer)
}

function channel(stop: number, c: number): number {
  const at = stop * 6 + c * 2
  return Number.parseInt(INFERNO.slice(at, at + 2), 16)
}
