export const copyText = (text: string): Promise<void> => navigator.clipboard.writeText(text)

/** Clipboards take PNG only, which all result pictures are. */
export const copyPicture = (blob: Blob): Promise<void> =>
  navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })])
