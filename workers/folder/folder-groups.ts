import { collectBy } from '../../core/collect-by'
import { groupsOf } from '../../core/copies/groups'
import { keepBest, type Lie, type Reason } from '../../core/copies/keep-best'
import type { FolderFile, Picture, StoredPair } from './picture'

/** A file of a group. */
export interface Member extends FolderFile {
  readonly picture: Picture
}

/** Files that show the same picture, at least two. */
export interface FolderGroup {
  /** Stays the same while its first picture does. */
  readonly id: string
  readonly members: readonly Member[]
  /** The place of the member that is worth keeping, and why. */
  readonly best: number
  readonly reasons: readonly Reason[]
  /** The pairs that hold it together; files of the same content need none. */
  readonly pairs: readonly StoredPair[]
}

/** Pictures that hang together by links, and files of the same content; the largest groups first. */
export function folderGroups(pictures: readonly Picture[], links: readonly StoredPair[]): FolderGroup[] {
  const places = new Map(pictures.map(({ print }, i) => [print.sha256, i]))
  const placeOf = (sha256: string) => places.get(sha256) ?? 0
  const linked = groupsOf(
    pictures.length,
    links.map(({ a, b }) => ({ a: placeOf(a), b: placeOf(b) })),
  )
  const inGroups = new Set(linked.flat())
  const twins = pictures.flatMap(({ files }, i) => (files.length > 1 && !inGroups.has(i) ? [[i]] : []))
  const pairs = collectBy(links, ({ a }) => placeOf(a))
  return [...linked, ...twins]
    .map((group) =>
      groupOf(
        group.map((i) => pictures[i]),
        group.flatMap((i) => pairs.get(i) ?? []),
      ),
    )
    .sort((a, b) => b.members.length - a.members.length || (a.members[0].path < b.members[0].path ? -1 : 1))
}

function groupOf(pictures: readonly Picture[], pairs: readonly StoredPair[]): FolderGroup {
  const members = pictures.flatMap((picture) => picture.files.map((file) => ({ ...file, picture })))
  const { best, reasons } = keepBest(members.map(keepable), liesOf(members, pairs))
  return { id: pictures[0].print.sha256, members, best, reasons, pairs }
}

const keepable = ({ file, picture: { print } }: Member) => ({
  ...{ width: print.width, height: print.height, lossless: print.lossless },
  ...{ bytes: file.size, modified: file.lastModified },
})

/** What holds for a picture holds for each of its files. */
function liesOf(members: readonly Member[], pairs: readonly StoredPair[]): Lie[] {
  const places = collectBy(members.keys(), (i) => members[i].picture.print.sha256)
  const placesOf = (sha256: string) => places.get(sha256) ?? []
  return pairs.flatMap(({ edits, overlap, inside, ...pair }) =>
    placesOf(pair.a).flatMap((a) => placesOf(pair.b).map((b) => ({ a, b, edits, overlap, inside }))),
  )
}
