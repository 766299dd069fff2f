export const copyText = (text: string): Promise<void> => navigator.clipboard.writeText(text)

/** Clipboards take PNG only. The promise is handed over as it is: a browser wants to hear of it during the click. */
export const copyPicture = (blob: Blob): Promise<void> =>
  navigator.clipboard.write([new ClipboardItem({ 'image/png': blob.type === 'image/png' ? blob : asPng(blob) })])

async function asPng(blob: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(blob)
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  bitmap.close()
  return canvas.convertToBlob({ type: 'image/png' })
}
