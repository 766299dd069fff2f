import { ToolError } from '../../core/errors'
import { noModels } from '../../core/no-models'
import type { Raster } from '../../core/raster'
import type { Platform } from '../../operators/execute'

/** A format of our own for tests of what lies around the codec: width and height as 16 bits each, then RGBA. */
export function toPlainFile({ width, height, data }: Raster): File {
  return new File([Uint16Array.of(width, height), data], 'picture.plain')
}

/** The page's platform with a codec that needs no browser. */
export const plainPlatform: Platform = {
  place: 'device',
  loadOpenCv: () => Promise.reject(new Error('no OpenCV here')),
  loadAsset: () => Promise.reject(new Error('no assets here')),
  models: noModels,
  codec: {
    async decode(bytes) {
      if (bytes.length < 4) throw new ToolError('unreadable', 'The file is empty')
      const [width, height] = new Uint16Array(bytes.slice(0, 4).buffer)
      return { width, height, data: new Uint8ClampedArray(bytes.slice(4).buffer) }
    },
    encode: async (raster) => new Uint8Array(await toPlainFile(raster).arrayBuffer()),
    shrink: async (raster) => raster,
  },
  limits: { pixels: 1e6, side: 1000 },
  now: () => performance.now(),
  log: () => {},
}
