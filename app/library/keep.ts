import { type Choice, type Keepable, keepBest, type Lie } from '../../core/copies/keep-best'
import type { CopyGroup, LibraryImage } from '../../workers/library-client'
import { evidenceOf } from './evidence'

/** Which picture of a group is worth keeping, and why. */
export function bestOf({ images, links }: CopyGroup): Choice {
  const places = new Map(images.map(({ id }, place) => [id, place]))
  const lies = links.flatMap(({ a, b, evidence }): Lie[] => {
    const said = evidenceOf(evidence)
    const [one, other] = [places.get(a), places.get(b)]
    if (!said || one === undefined || other === undefined) return []
    // It was the later one that was compared with what was there.
    const [later, earlier] = isLater(images[one], images[other]) ? [one, other] : [other, one]
    return [
      {
        a: later,
        b: earlier,
        edits: said.edits,
        overlap: said.alignment?.overlap ?? null,
        inside: said.alignment?.inside ?? null,
      },
    ]
  })
  return keepBest(images.map(toKeepable), lies)
}

const isLater = (one: LibraryImage, other: LibraryImage): boolean =>
  (one.processed_at ?? '') > (other.processed_at ?? '')

const LOSSLESS = /\.(png|bmp|tiff?)$/i

const toKeepable = ({ width, height, bytes, s3_path, created_at }: LibraryImage): Keepable => ({
  width: width ?? 0,
  height: height ?? 0,
  bytes,
  lossless: LOSSLESS.test(s3_path),
  modified: Date.parse(created_at),
})

/** All pictures of a group but the one to keep. */
export const restOf = (group: CopyGroup): number[] => {
  const { best } = bestOf(group)
  return group.images.flatMap(({ id }, place) => (place === best ? [] : [id]))
}
