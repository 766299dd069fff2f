import type { Raster } from '../../core/raster'
import type { Kernel, Layout } from '../../core/wasm'
import type { Exports, PlacedPlanes } from './kernel'

const CHUNK_PIXELS = 16384 // a chunk and its planes stay in the first cache
const MARGIN_BYTES = 64 // kernels read and write whole vectors, also past the end

export const reserveChunk = (layout: Layout): number => layout.reserve(CHUNK_PIXELS * 4)

export function reservePlanes(layout: Layout, { width, height }: Raster, channels: number): PlacedPlanes {
  const planeBytes = Math.ceil((width * height + MARGIN_BYTES) / 64) * 64
  return { at: layout.reserve(planeBytes * channels), planeBytes, width, height, channels }
}

/** Copies a picture into the kernel's memory, piece by piece, as one plane of gray or three of colour. */
export function placePlanes(
  { exports, memory }: Kernel<Exports>,
  chunk: number,
  to: PlacedPlanes,
  { data }: Raster,
): void {
  const bytes = new Uint8Array(memory.buffer)
  const pixels = to.width * to.height
  const rgba = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  for (let from = 0; from < pixels; from += CHUNK_PIXELS) {
    const count = Math.min(CHUNK_PIXELS, pixels - from)
    bytes.set(rgba.subarray(from * 4, (from + count) * 4), chunk)
    if (to.channels === 1) exports.toGray(chunk, to.at + from, count)
    else exports.toColors(chunk, to.at + from, to.planeBytes, count)
  }
}
