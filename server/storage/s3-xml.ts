import type { StoredObject } from './object-store'

/** What a listing of S3 says: one page, and what to ask for the next one with. */
export interface Listing {
  readonly objects: readonly StoredObject[]
  readonly next: string | undefined
}

/** Reads a `ListBucketResult`. The format is flat and written by machines, so that it needs no XML parser. */
export function readListing(xml: string): Listing {
  const entries = [...xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)]
  const objects = entries.flatMap(([, entry]) => {
    const key = text(entry, 'Key')
    return key === undefined ? [] : { key, modifiedAt: new Date(text(entry, 'LastModified') ?? 0) }
  })
  return { objects, next: text(xml, 'IsTruncated') === 'true' ? text(xml, 'NextContinuationToken') : undefined }
}

/** `NoSuchBucket` and the like; undefined where the answer is no error. */
export const errorCode = (xml: string): string | undefined => (xml.includes('<Error>') ? text(xml, 'Code') : undefined)

function text(xml: string, name: string): string | undefined {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]
  return found?.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, decode)
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decode(entity: string, hex?: string, decimal?: string, name?: string): string {
  if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
  if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
  return NAMED[name ?? ''] ?? entity
}
