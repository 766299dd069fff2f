import type { PixelLimits } from '../core/ports'

/** What the device takes: 100 megapixels decode to 400 MB, about what a page may hold beside its results. */
export const DEVICE_PIXELS: PixelLimits = { pixels: 1e8, side: 32767 }
