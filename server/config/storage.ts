import { z } from 'zod'
import { filesIn } from '../storage/open-storage'
import { type StoragePlace, storageAddress } from '../storage/place'
import { flag, type Values } from './variable'

export const storageVariables = {
  DATA_DIR: z.string().default('data').meta({
    description:
      'Folder for the embedded database, the files of tasks and the key of webhook secrets, the same one for all processes; made when missing',
    right: 'a path',
  }),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .meta({
      description: 'PostgreSQL 15 or newer, to use in place of the embedded database; needed by `ROLE` api and worker',
      right: 'an address such as postgres://user:password@host:5432/name',
    }),
  STORAGE_URL: z
    .string()
    .refine((url) => storageAddress(url) !== undefined)
    .optional()
    .meta({
      description:
        'Where the files of tasks and the library are kept in place of `DATA_DIR`, for processes on several machines: an S3 bucket (`?endpoint=https://…&region=…` for another server than Amazon’s, `&style=virtual` where the bucket is in the host name, `&public=https://…` where clients reach it at another address) or a private store of Vercel Blob',
      right:
        'an address without a password, such as s3://bucket/folder?endpoint=https://host&region=name or vercel-blob://folder',
    }),
  AWS_ACCESS_KEY_ID: z.string().optional().meta({
    description:
      'Key of the S3 bucket, of a user who may list it and read, write and delete in it; roles of machines are not asked for',
    right: 'the id of an access key',
  }),
  AWS_SECRET_ACCESS_KEY: z.string().optional().meta({ description: 'The secret of that key', right: 'a secret' }),
  AWS_SESSION_TOKEN: z
    .string()
    .optional()
    .meta({ description: 'Goes with a key that is valid for a while only', right: 'a token' }),
  BLOB_READ_WRITE_TOKEN: z
    .string()
    .optional()
    .meta({ description: 'Key of the Vercel Blob store; Vercel sets it', right: 'a token' }),
  PRESIGNED_DOWNLOADS: flag(
    false,
    'Whether result files are answered with a redirect (307) to the S3 bucket, to an address that is valid for five minutes; the page then needs a server without it, since it loads from its own host only',
  ),
  SECRET_KEY: z.string().min(16).optional().meta({
    description:
      'Encrypts the secrets of webhooks in the database, the same one for all processes; not set, a key is made in `DATA_DIR`, which they then have to share',
    right: 'a random text of at least 16 characters',
  }),
}

type Variables = Values<typeof storageVariables>

export interface StorageConfig {
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly storage: StoragePlace
  /** Whether result files are answered with an address of the storage. */
  readonly presignedDownloads: boolean
  /** Encrypts secrets in the database; else a key in `dataDir` does. */
  readonly secretKey: string | undefined
}

export const storageConfig = (variables: Variables): StorageConfig => ({
  dataDir: variables.DATA_DIR,
  databaseUrl: variables.DATABASE_URL,
  storage: storagePlace(variables),
  presignedDownloads: variables.PRESIGNED_DOWNLOADS,
  secretKey: variables.SECRET_KEY,
})

function storagePlace(variables: Variables): StoragePlace {
  const address = storageAddress(variables.STORAGE_URL ?? '')
  switch (address?.kind) {
    case undefined:
      return filesIn(variables.DATA_DIR)
    case 's3': {
      const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN } = variables
      const keys = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY }
      return { ...address, keys: { ...keys, ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }) } }
    }
    case 'vercel-blob':
      return { ...address, token: variables.BLOB_READ_WRITE_TOKEN ?? '' }
  }
}

const STORAGE_KEYS = { s3: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'], 'vercel-blob': ['BLOB_READ_WRITE_TOKEN'] }

/** @returns a sentence for each key that the storage in `STORAGE_URL` needs and that is not given */
export function missingKeys(given: Readonly<Record<string, string | undefined>>): string[] {
  const address = storageAddress(given.STORAGE_URL ?? '')
  const needed = address ? STORAGE_KEYS[address.kind] : []
  return needed
    .filter((name) => given[name] === undefined)
    .map((name) => `${name} must be set when STORAGE_URL is ${address?.kind}: the storage is private.`)
}
