import type { Box } from './boxes'

/** A part of a picture as a file of its own. The browser decodes, cuts and encodes beside the main thread. */
export async function crop(file: File, { x, y, w, h }: Box, name: string): Promise<File> {
  const canvas = new OffscreenCanvas(w, h)
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(await createImageBitmap(file, x, y, w, h))
  return new File([await canvas.convertToBlob({ type: 'image/png' })], name, { type: 'image/png' })
}
