import type { Issue } from '../../core/errors'
import type { ReceivedFile } from './engine'

/**
 * The mask of each picture: the one of the same name, or of the same name but for its extension.
 *
 * @param field of the masks, for what is wrong with them
 * @returns a mask or nothing for each picture, in their order, and every mask that is nobody's or somebody else's too
 */
export function matchMasks(
  images: readonly ReceivedFile[],
  masks: readonly ReceivedFile[],
  field: string,
): { readonly masks: readonly (ReceivedFile | undefined)[]; readonly issues: readonly Issue[] } {
  const owners = masks.map((mask) => ownersOf(mask, images))
  const issues = masks.flatMap((mask, i) => complaint(mask, owners[i], i, field) ?? [])
  const taken = images.map((_, image) => masks.filter((_mask, i) => owners[i].includes(image)))
  const twice = taken.flatMap((found, i) => (found.length > 1 ? [twoMasks(images[i], found, field)] : []))
  return { masks: taken.map(([mask]) => mask), issues: [...issues, ...twice] }
}

/** Whole names count first: `a.png` and `a.jpg` can both be pictures, each with a mask of its own. */
function ownersOf({ name }: ReceivedFile, images: readonly ReceivedFile[]): number[] {
  const whole = indexes(images, (image) => sameText(image.name, name))
  return whole.length > 0 ? whole : indexes(images, (image) => sameText(stemOf(image.name), stemOf(name)))
}

const indexes = (images: readonly ReceivedFile[], fits: (image: ReceivedFile) => boolean): number[] =>
  images.flatMap((image, i) => (fits(image) ? i : []))

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}

function complaint({ name }: ReceivedFile, owners: readonly number[], i: number, field: string): Issue | undefined {
  if (owners.length === 1) return undefined
  const message =
    owners.length === 0
      ? `Value error, No picture is called like the mask "${name}"`
      : `Value error, ${owners.length} pictures are called like the mask "${name}"; give each a name of its own`
  return { path: [field, i], type: 'value_error', message, input: name }
}

const twoMasks = (image: ReceivedFile, masks: readonly ReceivedFile[], field: string): Issue => ({
  path: [field],
  type: 'value_error',
  message: `Value error, ${masks.length} masks are for the picture "${image.name}"; send one`,
  input: masks.map(({ name }) => name),
})
