import type { Raster } from '../../core/raster'

const TILE = 4096 // every WebGL 2 device takes textures of this side

/**
 * The pixels of a bitmap that was made with `premultiplyAlpha: 'none'`, exactly. A 2D canvas multiplies colours by alpha
 * and loses them where alpha is low; a texture keeps them.
 *
 * @returns undefined where there is no WebGL 2
 */
export async function straightPixelsOf(bitmap: ImageBitmap): Promise<Raster | undefined> {
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2')
  if (!gl) return undefined
  const { width, height } = bitmap
  const data = new Uint8ClampedArray(width * height * 4)
  try {
    attachTexture(gl)
    for (let top = 0; top < height; top += TILE) {
      for (let left = 0; left < width; left += TILE) {
        const [w, h] = [Math.min(TILE, width - left), Math.min(TILE, height - top)]
        const tile = await readTile(gl, bitmap, left, top, w, h)
        for (let row = 0; row < h; row++) {
          data.set(tile.subarray(row * w * 4, (row + 1) * w * 4), ((top + row) * width + left) * 4)
        }
      }
    }
    return gl.getError() === gl.NO_ERROR ? { width, height, data } : undefined
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext() // browsers allow only a few at once
  }
}

function attachTexture(gl: WebGL2RenderingContext): void {
  const texture = gl.createTexture()
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false)
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE) // the bitmap is sRGB already
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer())
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0)
}

async function readTile(
  gl: WebGL2RenderingContext,
  bitmap: ImageBitmap,
  left: number,
  top: number,
  w: number,
  h: number,
) {
  const part = await createImageBitmap(bitmap, left, top, w, h, { premultiplyAlpha: 'none' })
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, part)
  part.close()
  const pixels = new Uint8Array(w * h * 4)
  gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
  return pixels
}
