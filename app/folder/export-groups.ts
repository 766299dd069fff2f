import type { FolderGroup, Member } from '../../workers/folder/folder-groups'
import { toCsv } from '../export/csv'

const COLUMNS = [
  'group',
  'path',
  'chosen',
  'best',
  'reasons',
  'width',
  'height',
  'bytes',
  'modified',
  'sha256',
  'copy_of',
  'verdict',
  'probability',
  'edits',
]

/** One line for each file. */
export const groupsCsv = (groups: readonly FolderGroup[], chosen: ReadonlySet<string>): string =>
  toCsv(
    COLUMNS,
    groups.flatMap((group, index) =>
      group.members.map((member, place) => ({
        group: index + 1,
        ...fileOf(member),
        chosen: chosen.has(member.path),
        best: place === group.best,
        reasons: place === group.best ? group.reasons.join(' ') : '',
        ...likeliest(group, member),
      })),
    ),
  )

/** The groups with all pairs that were found. */
export const groupsJson = (groups: readonly FolderGroup[], chosen: ReadonlySet<string>): string =>
  JSON.stringify(
    {
      groups: groups.map(({ members, best, reasons, pairs }) => ({
        best: members[best].path,
        reasons,
        files: members.map((member) => ({ ...fileOf(member), chosen: chosen.has(member.path) })),
        pairs: pairs.map(({ a, b, verdict, probability, edits }) => ({ a, b, verdict, probability, edits })),
      })),
    },
    null,
    2,
  )

const fileOf = ({ path, file, picture: { print } }: Member) => ({
  path,
  ...{ width: print.width, height: print.height, bytes: file.size },
  modified: new Date(file.lastModified).toISOString(),
  sha256: print.sha256,
})

/** The surest pair that a file is in; `copy_of` is a SHA-256. */
function likeliest({ pairs, members }: FolderGroup, { path, picture: { print } }: Member) {
  const twin = members.find((other) => other.path !== path && other.picture.print.sha256 === print.sha256)
  if (twin) return { copy_of: print.sha256, verdict: 'same_file', probability: 1, edits: '' }
  const [pair] = pairs
    .filter(({ a, b }) => a === print.sha256 || b === print.sha256)
    .sort((one, other) => other.probability - one.probability)
  if (!pair) return {}
  const { a, b, verdict, probability, edits } = pair
  return { copy_of: a === print.sha256 ? b : a, verdict, probability, edits: edits.join(' ') }
}
