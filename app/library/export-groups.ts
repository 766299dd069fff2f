import { type CopyGroup, type LibraryImage, libraryClient } from '../../workers/library-client'
import { toCsv } from '../export/csv'
import { evidenceOf } from './evidence'
import { bestOf } from './keep'

const AT_ONCE = 100

export async function allGroups(): Promise<CopyGroup[]> {
  const { signal } = new AbortController()
  const groups: CopyGroup[] = []
  for (;;) {
    const page = await libraryClient.groups({ offset: groups.length, limit: AT_ONCE }, signal)
    groups.push(...page.groups)
    if (page.groups.length < AT_ONCE) return groups
  }
}

const COLUMNS = [
  ...['group', 'id', 'name', 's3_path', 'best', 'reasons', 'width', 'height', 'bytes', 'created_at', 'policy'],
  ...['copy_of', 'verdict', 'probability', 'edits'],
]

/** A line for each picture, with the likeliest of its links. */
export const groupsCsv = (groups: readonly CopyGroup[]): string =>
  toCsv(
    COLUMNS,
    groups.flatMap((group) => {
      const { best, reasons } = bestOf(group)
      return group.images.map((image, place) => ({
        ...pictureOf(image),
        group: group.id,
        best: place === best,
        reasons: place === best ? reasons.join(' ') : '',
        ...likeliest(group, image),
      }))
    }),
  )

/** With every link and its evidence. */
export const groupsJson = (groups: readonly CopyGroup[]): string =>
  JSON.stringify(
    {
      groups: groups.map((group) => {
        const { best, reasons } = bestOf(group)
        return {
          id: group.id,
          count: group.count,
          best: group.images[best].id,
          reasons,
          images: group.images.map(pictureOf),
          links: group.links,
        }
      }),
    },
    null,
    2,
  )

const pictureOf = ({ id, name, s3_path, width, height, bytes, created_at, policy }: LibraryImage) => ({
  id,
  name,
  s3_path,
  width,
  height,
  bytes,
  created_at,
  policy,
})

function likeliest({ links }: CopyGroup, { id }: LibraryImage) {
  const link = links.find(({ a, b }) => a === id || b === id)
  if (!link) return {}
  const { a, b, verdict, probability, evidence } = link
  return { copy_of: a === id ? b : a, verdict, probability, edits: evidenceOf(evidence)?.edits.join(' ') ?? '' }
}
