import { randomUUID } from 'node:crypto'
import { and, inArray } from 'drizzle-orm'
import { ToolError } from '../../core/errors'
import { sha256 } from '../../core/sha256'
import { unitLength } from '../../core/vector'
import { storedNames } from '../api/file-names'
import type { CopyGroup, CopyLink, Library, LibraryImage, Owner } from '../api/library'
import { type ImageRow, images, type LinkRow } from '../db/library-schema'
import { mediaType } from '../storage/media-type'
import { openStoredFile } from '../storage/stored-file'
import { findCopies, type SearchParts } from './find-copies'
import { fingerprintOf } from './fingerprints'
import { countGroups, countSetAside, type GroupRow, listGroups, listSetAside } from './group-store'
import {
  addImage,
  claimImage,
  countImages,
  findImage,
  finishImage,
  listImages,
  ownedBy,
  removeImage,
} from './image-store'
import { copiesOf, ignoreLink, linkImages, linksOf, unlinkImage } from './link-store'
import { summarize } from './summary-store'
import { createThumbnails, type MakeThumbnail } from './thumbnails'
import { addVector } from './vectors'

interface LibraryParts extends SearchParts {
  /** Is told that a picture waits. */
  onAdded(): void
  readonly leaseSeconds: number
  /** Reads a stored picture and stores a small one of it. @throws ToolError unreadable, too-large */
  readonly makeThumbnail: MakeThumbnail
}

/** A picture takes a second or two; one whose worker died waits so long. */
export const LEASE_SECONDS = 120

/** The verdict of a link that a foreign worker made. */
const BY_WORKER = 'linked'

export function createLibrary(parts: LibraryParts): Library {
  const { sql, storage, compute } = parts
  const thumbnails = createThumbnails(storage, parts.makeThumbnail)
  return {
    add: (owner, image) => add(owner, image, parts),
    list: async (owner, filter, page) => (await listImages(sql, owner, filter, page)).map(toImage),
    count: (owner, filter) => countImages(sql, owner, filter),
    summary: (owner) => summarize(sql, owner),
    groups: async (owner, page) => {
      const [total, groups] = await Promise.all([countGroups(sql, owner), listGroups(sql, owner, page)])
      return { total, groups: groups.map(toGroup) }
    },
    setAside: async (owner, page) => {
      const [total, rows] = await Promise.all([countSetAside(sql, owner), listSetAside(sql, owner, page)])
      return {
        total,
        pairs: rows.map(({ link, first, second }) => ({ ...toLink(link), images: [toImage(first), toImage(second)] })),
      }
    },
    find: async (owner, id) => optional(await findImage(sql, owner, id)),
    copies: async (owner, id) => {
      const row = await findImage(sql, owner, id)
      return row && (await copiesOf(sql, row)).map(toImage)
    },
    links: async (owner, id) => {
      const row = await findImage(sql, owner, id)
      return row && (await linksOf(sql, id)).map(({ image, ...link }) => ({ ...link, image: toImage(image) }))
    },
    claim: async (owner, model) => optional(await claimImage(sql, model, parts.leaseSeconds, owner)),
    finish: (owner, id, finding) => finish(owner, id, finding, parts),
    search: async (owner, bytes, { model, limit }, signal) => {
      const known = await fingerprintOf(compute, bytes.slice(), model, signal)
      const found = await findCopies(parts, owner, { bytes, known }, { limit, signal })
      const rows = await Promise.all(found.map(({ id }) => findImage(sql, owner, id)))
      return found.flatMap(({ evidence }, i) => {
        const image = optional(rows[i])
        return image ? [{ image, verdict: evidence.verdict, probability: evidence.probability, evidence }] : []
      })
    },
    ignore: async (owner, one, other, ignored) => {
      const known = await Promise.all([findImage(sql, owner, one), findImage(sql, owner, other)])
      return known.every((row) => row !== undefined) && ignoreLink(sql, one, other, ignored)
    },
    remove: async (owner, id) => {
      if (!(await findImage(sql, owner, id))) return false
      await unlinkImage(sql, id)
      const row = await removeImage(sql, owner, id)
      if (row) await Promise.all([storage.remove(row.path), thumbnails.remove(row.path)])
      return row !== undefined
    },
    open: async (owner, id) => {
      const row = await findImage(sql, owner, id)
      return row && openStoredFile(storage, row.path)
    },
    thumbnail: async (owner, id) => {
      const row = await findImage(sql, owner, id)
      return row && thumbnails.open(row.path)
    },
  }
}

/** The file first: a row without one would wait forever, a file without one is removed. */
async function add(owner: Owner, image: Parameters<Library['add']>[1], { sql, storage, onAdded }: LibraryParts) {
  const { name, modelName, bytes } = image
  if (!mediaType(bytes))
    throw new ToolError('unreadable', 'file: the file is not a picture; send a JPEG, PNG, WebP, GIF, AVIF, TIFF or BMP')
  const path = `images/${randomUUID()}_${storedNames([name])[0]}`
  await storage.put(path, bytes).catch((cause) => {
    throw cause instanceof ToolError ? cause : unavailable(cause)
  })
  try {
    const row = await addImage(sql, { owner, name, modelName, path, sha256: sha256(bytes), bytes: bytes.length })
    onAdded()
    return toImage(row)
  } catch (error) {
    await storage.remove(path)
    throw error
  }
}

const unavailable = (cause: unknown) =>
  new ToolError('unavailable', 'The picture could not be stored; send it again later', { cause })

async function finish(owner: Owner, id: number, finding: Parameters<Library['finish']>[2], { sql }: LibraryParts) {
  const row = await findImage(sql, owner, id)
  if (!row) return undefined
  const others = finding.copies.filter((other) => other !== id)
  await refuseUnknown(sql, owner, others)
  if (row.status !== 'PROCESSING') throw notClaimed(row)
  if (!(await finishImage(sql, id, row.claims, {}))) throw notClaimed(row)
  if (finding.embedding) {
    const embedding = Array.from(unitLength(Float32Array.from(finding.embedding)))
    await addVector(sql, id, { model: row.modelName, embedding })
  }
  const links = others.map((other) => ({ other, verdict: BY_WORKER, probability: 1, evidence: null }))
  await linkImages(sql, id, links)
  return optional(await findImage(sql, owner, id))
}

const notClaimed = ({ id, status }: ImageRow) =>
  new ToolError(
    'conflict',
    `Image ${id} is ${status}: only a picture that was claimed by polling can be answered, once`,
  )

/** @throws ToolError that names every id that is not in this library */
async function refuseUnknown(sql: SearchParts['sql'], owner: Owner, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  const rows = await sql
    .select({ id: images.id })
    .from(images)
    .where(and(inArray(images.id, [...ids]), ownedBy(owner)))
  const known = new Set(rows.map(({ id }) => id))
  const issues = ids.flatMap((id, i) =>
    known.has(id)
      ? []
      : [{ path: ['result', i], type: 'value_error', message: `Value error, there is no image ${id}`, input: id }],
  )
  if (issues.length > 0) throw new ToolError('invalid-input', 'result: names images that do not exist', { issues })
}

const optional = (row: ImageRow | undefined): LibraryImage | undefined => row && toImage(row)

const toImage = (row: ImageRow): LibraryImage => ({
  id: row.id,
  name: row.name,
  status: row.status,
  modelName: row.modelName,
  path: row.path,
  bytes: row.bytes,
  width: row.width,
  height: row.height,
  labels: row.labels,
  error: row.error,
  createdAt: row.createdAt,
  uploadedAt: row.uploadedAt,
  processedAt: row.processedAt,
})

const toLink = ({ a, b, verdict, probability, evidence }: LinkRow): CopyLink => ({
  a,
  b,
  verdict,
  probability,
  evidence,
})

const toGroup = ({ images, links, ...group }: GroupRow): CopyGroup => ({
  ...group,
  images: images.map(toImage),
  links: links.map(toLink),
})
