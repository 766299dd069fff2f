import { fieldError, ToolError } from '../../core/errors'
import type { RunContext } from '../../core/operator'
import type { Raster } from '../../core/raster'
import type { Cover } from './cover'
import { destroyedTexture } from './destroyed'
import type { Quad } from './quad'
import type { STYLES } from './spec'

export type Style = (typeof STYLES)[number]

interface Chosen {
  readonly style: Style
  /** `#rrggbb` */
  readonly color: string
}

/** The style that is used: a cover that was given is meant to be seen. */
export const styleUsed = (style: Style, cover: Raster | undefined): Style =>
  style === 'solid' && cover ? 'image' : style

const COVER_LIMITS = { pixels: 25e6, side: 10_000 }
const COVER_BOX = { width: 1024, height: 1024 } // more than any plate shows

/** Makes the cover of each plate. */
export async function coverMaker(
  picture: Raster,
  { style, color }: Chosen,
  given: Raster | undefined,
  { codec, loadAsset }: RunContext,
): Promise<(quad: Quad) => Promise<Cover>> {
  const ground = toWord(color)
  if (style === 'solid') return async () => ({ color: ground })
  if (style === 'image') {
    const cover = given ?? (await decodeAsset(codec, await loadAsset('cover.png')))
    const texture = await codec.shrink(cover, COVER_BOX)
    return async () => ({ color: ground, texture })
  }
  return async (quad) => {
    const texture = await destroyedTexture(picture, quad, style === 'blur')
    return { color: ground, texture, stretches: true }
  }
}

async function decodeAsset(codec: RunContext['codec'], bytes: Uint8Array<ArrayBuffer>): Promise<Raster> {
  try {
    return await codec.decode(bytes, COVER_LIMITS)
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    throw fieldError(error.code, 'cover', `The cover picture of this install cannot be used: ${error.message}`)
  }
}

function toWord(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
