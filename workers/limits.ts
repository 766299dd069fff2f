import type { PixelLimits } from '../core/ports'

/** What a device decodes: 100 megapixels are 400 MB, about what a page may hold beside its results. */
export const DEVICE_PIXELS: PixelLimits = { pixels: 1e8, side: 30_000 }

/** Most files of a task that does the same with many; the server's number unless it is told otherwise. */
export const DEVICE_BATCH = 50

/** What the service worker takes in one request; the server's numbers unless it is told otherwise. */
export const DEVICE_UPLOAD = { fileBytes: 20e6, cloudBytes: 150e6, totalBytes: 1000e6, files: 10 }
