import type { Slot } from '../../core/operator'

export const ACCEPT = 'image/*,.png,.jpg,.jpeg,.webp,.gif,.bmp,.tif,.tiff,.avif'

const EXTENSION = /\.(png|jpe?g|webp|gif|bmp|tiff?|avif)$/i

/** By name and type only: whether the bytes are a picture is for the decoder to say. */
export const isPicture = (file: File): boolean => EXTENSION.test(file.name) || file.type.startsWith('image/')

export interface Placement {
  readonly slot: string
  readonly files: readonly File[]
}

/**
 * Where files go that were given without naming a slot: as many as there are empty slots fill them, the largest file
 * first, since a part is smaller than its whole; one file goes to the first empty slot; many are a batch.
 */
export function placements(
  { inputs, batch }: { inputs: readonly Slot[]; batch: string },
  filled: readonly string[],
  files: readonly File[],
): Placement[] {
  if (files.length === 0) return []
  const empty = inputs.map(({ name }) => name).filter((name) => !filled.includes(name))
  if (files.length > 1 && files.length === empty.length) {
    const largestFirst = [...files].sort((a, b) => b.size - a.size)
    return empty.map((slot, index) => ({ slot, files: [largestFirst[index]] }))
  }
  if (files.length === 1) return [{ slot: empty[0] ?? batch, files }]
  return [{ slot: batch, files }]
}
