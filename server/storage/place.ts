/** Where the files of a server lie, with what it takes to reach them. */
export type StoragePlace = DiskPlace | S3Place | BlobPlace

export interface DiskPlace {
  readonly kind: 'disk'
  readonly folder: string
}

export interface S3Place {
  readonly kind: 's3'
  readonly bucket: string
  /** What every key begins with: empty, or `name/`. */
  readonly prefix: string
  /** `https://s3.eu-central-1.amazonaws.com`, without the bucket. */
  readonly endpoint: string
  /** Where clients reach the same server, if that is elsewhere: links lead there. */
  readonly publicEndpoint: string
  readonly region: string
  /** `path`: the bucket is in the path, as servers of one's own have it; `virtual`: it is in the host name. */
  readonly style: 'path' | 'virtual'
  readonly keys: S3Keys
}

export interface S3Keys {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export interface BlobPlace {
  readonly kind: 'vercel-blob'
  readonly prefix: string
  readonly token: string
}

/** An address in `STORAGE_URL`: a place, but for the secrets. */
export type StorageAddress = Omit<S3Place, 'keys'> | Omit<BlobPlace, 'token'>

const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
const PREFIX = /^(?:[\w-][\w.-]*\/)*$/
const DEFAULT_REGION = 'us-east-1'

/** @returns undefined when it is no address of a storage, or has a password in it: secrets have variables of their own */
export function storageAddress(text: string): StorageAddress | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.port !== '') return undefined
  if (url.protocol === 's3:') return s3Address(url)
  if (url.protocol === 'vercel-blob:') return blobAddress(url)
  return undefined
}

const S3_OPTIONS = ['endpoint', 'public', 'region', 'style']

function s3Address({ hostname: bucket, pathname, searchParams }: URL): StorageAddress | undefined {
  const prefix = prefixOf(pathname)
  const region = searchParams.get('region') ?? DEFAULT_REGION
  const own = searchParams.get('endpoint')
  const endpoint = originOf(own ?? `https://s3.${region}.amazonaws.com`)
  const publicEndpoint = originOf(searchParams.get('public') ?? endpoint)
  const style = searchParams.get('style') ?? (own === null ? 'virtual' : 'path')
  const known = [...searchParams.keys()].every((name) => S3_OPTIONS.includes(name))
  if (!known || !BUCKET.test(bucket) || prefix === undefined || !endpoint || !publicEndpoint) return undefined
  if (style !== 'path' && style !== 'virtual') return undefined
  return { kind: 's3', bucket, prefix, endpoint, publicEndpoint, region, style }
}

function blobAddress({ hostname, pathname, search }: URL): StorageAddress | undefined {
  const prefix = prefixOf(`${hostname}${pathname}`)
  return prefix === undefined || search !== '' ? undefined : { kind: 'vercel-blob', prefix }
}

/** `''`, or names with a slash behind each. */
function prefixOf(path: string): string | undefined {
  const trimmed = path.replace(/^\/+|\/+$/g, '')
  const prefix = trimmed === '' ? '' : `${trimmed}/`
  return PREFIX.test(prefix) ? prefix : undefined
}

function originOf(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined
  const url = new URL(address)
  const isOrigin = url.pathname === '/' && url.search === '' && url.username === '' && url.password === ''
  return isOrigin && /^https?:$/.test(url.protocol) ? url.origin : undefined
}
