import type { Slot } from '../../core/operator'

type Kind = Slot['kind']

const PICTURES = 'image/*,.png,.jpg,.jpeg,.webp,.gif,.bmp,.tif,.tiff,.avif'
const CLOUDS = '.ply'

/** For the file dialog. */
export const ACCEPT: Readonly<Record<Kind, string>> = {
  raster: PICTURES,
  cloud: CLOUDS,
  either: `${PICTURES},${CLOUDS}`,
}

const PICTURE_NAME = /\.(png|jpe?g|webp|gif|bmp|tiff?|avif)$/i

export const isCloud = (file: File): boolean => /\.ply$/i.test(file.name)

/** By name and type only: whether the bytes are what they claim is for the decoder to say. */
export function suits(kind: Kind, file: File): boolean {
  const picture = PICTURE_NAME.test(file.name) || file.type.startsWith('image/')
  return (kind !== 'cloud' && picture) || (kind !== 'raster' && isCloud(file))
}

/** What a file may be that is given without naming a slot. */
export function anyKind(inputs: readonly Slot[]): Kind {
  const [first, ...rest] = inputs.map(({ kind }) => kind)
  return rest.every((kind) => kind === first) ? first : 'either'
}

export interface Placement {
  readonly slot: string
  readonly files: readonly File[]
}

/**
 * Where files go that were given without naming a slot: as many as there are empty slots fill them, the largest file
 * first, since a part is smaller than its whole; one file goes to the first empty slot; many are a batch. Slots that a
 * run can do without are filled by name only.
 */
export function placements(
  { inputs, batch }: { inputs: readonly Slot[]; batch: string },
  filled: readonly string[],
  files: readonly File[],
): Placement[] {
  if (files.length === 0) return []
  const needed = inputs.filter(({ optional }) => !optional).map(({ name }) => name)
  const empty = needed.filter((name) => !filled.includes(name))
  if (files.length > 1 && files.length === empty.length) {
    const largestFirst = [...files].sort((a, b) => b.size - a.size)
    return empty.map((slot, index) => ({ slot, files: [largestFirst[index]] }))
  }
  if (files.length === 1) return [{ slot: empty[0] ?? batch, files }]
  return [{ slot: batch, files }]
}
