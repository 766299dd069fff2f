import type { Raster } from './raster'

/** The picture on white. Networks see no transparency, and what a transparent pixel hides differs between decoders. */
export function opaque(raster: Raster): Raster {
  if (isOpaque(raster.data)) return raster
  const data = new Uint8ClampedArray(raster.data)
  for (let i = 0; i < data.length; i += 4) {
    const alpha = data[i + 3] / 255
    for (let c = i; c < i + 3; c++) data[c] = data[c] * alpha + 255 * (1 - alpha)
    data[i + 3] = 255
  }
  return { ...raster, data }
}

function isOpaque(data: Uint8ClampedArray): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false
  return true
}
