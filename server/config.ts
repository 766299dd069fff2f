import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { findModel } from '../models/manifest'
import { type AllowedHosts, isLoopbackName } from './allowed-hosts'
import type { UploadLimits } from './api/engine'
import type { ModelsConfig } from './models/places'
import { filesIn } from './storage/open-storage'
import { type StoragePlace, storageAddress } from './storage/place'

declare module 'zod' {
  interface GlobalMeta {
    /** What a value must be, as the end of the sentence "X must be …". */
    right?: string
  }
}

const whole = (fallback: number, min: number, max: number, description: string, unit = '') =>
  z.coerce
    .number()
    .int()
    .min(min)
    .max(max)
    .default(fallback)
    .meta({ description, right: `a whole number${unit} from ${min} to ${max}` })

const port = z.coerce.number().int().min(0).max(65535)

/** Every environment variable the server reads. The table in CONFIG.md is made from it. */
const Environment = z.object({
  PORT: port.default(8080).meta({
    description:
      'Port of the page and the API; 0 picks a free one. A worker (`ROLE`) answers `/health/live`, `/health/ready` and `/metrics` there, and listens only where this is set',
    right: 'a port from 0 to 65535',
  }),
  EXTRA_PORTS: z
    .string()
    .default('')
    .transform((list): unknown[] => list.split(',').filter((item) => item.trim() !== ''))
    .pipe(z.array(port))
    .meta({
      description: 'More ports that answer the same, for clients that know an older address',
      right: 'a list of ports from 0 to 65535, separated by commas',
    }),
  HOST: z.string().default('127.0.0.1').meta({
    description: 'Address to listen on; 0.0.0.0 opens the server to the network',
    right: 'an IP address or a host name',
  }),
  ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((item) => item.trim() || []))
    .pipe(z.array(z.string().regex(/^[^\s/\\?#@]+$/)))
    .meta({
      description:
        'Names and addresses that clients may call the server by, beside localhost; a request for another is refused with 421. Not set, that is `HOST`, or any name when `HOST` opens the server to the network; `*` is any',
      right: 'a list of host names without scheme and port, separated by commas',
    }),
  ROLE: z.enum(['all', 'api', 'worker']).default('all').meta({
    description: 'What this process does: answer requests (`api`), run tasks (`worker`) or both (`all`)',
    right: 'all, api or worker',
  }),
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
  PRESIGNED_DOWNLOADS: z.enum(['true', 'false']).default('false').meta({
    description:
      'Whether result files are answered with a redirect (307) to the S3 bucket, to an address that is valid for five minutes; the page then needs a server without it, since it loads from its own host only',
    right: 'true or false',
  }),
  SECRET_KEY: z.string().min(16).optional().meta({
    description:
      'Encrypts the secrets of webhooks in the database, the same one for all processes; not set, a key is made in `DATA_DIR`, which they then have to share',
    right: 'a random text of at least 16 characters',
  }),
  WORKERS: whole(0, 0, 256, 'How many tasks run at once; 0 is one for each core'),
  QUEUE_LIMIT: whole(1000, 1, 1_000_000, 'Most tasks that may wait; more are refused with 503'),
  MAX_FILE_MB: whole(20, 1, 10_000, 'Largest uploaded file', ' of megabytes'),
  MAX_CLOUD_MB: whole(
    150,
    1,
    10_000,
    'Largest uploaded PLY file: 5 million points with normals have 120',
    ' of megabytes',
  ),
  MAX_UPLOAD_MB: whole(1000, 1, 10_000, 'Largest request with all its files', ' of megabytes'),
  MAX_HELD_MB: whole(
    512,
    1,
    1_000_000,
    'Most memory for the files of all requests that are answered at once, such as faces; what comes over that is refused with 503',
    ' of megabytes',
  ),
  MAX_FILES: whole(10, 1, 1000, 'Most files in one request'),
  MAX_FILES_PER_REQUEST: whole(50, 1, 1000, 'Most pictures in one request to `/api/v1/process-task/`'),
  PROCESSING_BATCH_SIZE: whole(
    16,
    1,
    256,
    'Most pictures, or parts of large ones, in one run of the plate model; a processor takes them one by one, which is quicker there',
  ),
  PLATE_COVER: z.string().optional().meta({
    description: 'A picture to lay over plates in place of `public/cover.png`',
    right: 'the path of a PNG, JPEG or WebP file',
  }),
  RECEIPT_KEY: z.string().optional().meta({
    description:
      'Signs the receipts of covered pictures: an Ed25519 private key as PEM, the path of a `.pem` file with one, or else a secret for HMAC-SHA256',
    right: 'a key or a path',
  }),
  MAX_MEGAPIXELS: whole(100, 1, 1000, 'Largest picture, checked before it is decoded', ' of megapixels'),
  MAX_SIDE: whole(30_000, 16, 1_000_000, 'Longest side of a picture', ' of pixels'),
  RUN_TIMEOUT_SECONDS: whole(300, 1, 86_400, 'Longest run of one task', ' of seconds'),
  RUN_MEMORY_MB: whole(
    4096,
    128,
    1_000_000,
    'Most memory of one compute process, the models it holds among it; one that takes more is ended and its picture refused. Watched on Linux only',
    ' of megabytes',
  ),
  STOP_GRACE_SECONDS: whole(20, 0, 3600, 'How long a stopping server lets tasks finish', ' of seconds'),
  TASK_STORAGE_TTL_HOURS: whole(72, 1, 87_600, 'How long an ended task and its files are kept', ' of hours'),
  PROCESSING_DEVICE: z.enum(['cpu', 'webgpu', 'cuda']).default('cpu').meta({
    description:
      'What computes models; where it is not there or computes wrong numbers, the CPU does, and results say so. `cuda` needs the CUDA libraries of ONNX Runtime, which are not part of the install',
    right: 'cpu, webgpu or cuda',
  }),
  MODELS_CACHE: z.string().optional().meta({
    description:
      'Folder for fetched models, which several processes and installations may share; made when missing. Not set, that is `models` in `DATA_DIR`',
    right: 'a path',
  }),
  MODELS_DIR: z.string().optional().meta({
    description:
      'Folder with models of your own, `<model id>/<file>` as `npm run models list` names them: used in place of fetched ones, only read, and checked like them',
    right: 'a path',
  }),
  MODELS_FETCH: z.enum(['defaults', 'asked']).default('defaults').meta({
    description:
      'Which models are fetched: those of the install by themselves (`defaults`), or only what somebody asks for (`asked`)',
    right: 'defaults or asked',
  }),
  ACCEPT_LICENSES: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((item) => item.trim() || []))
    .pipe(z.array(z.string().refine((id) => id === 'all' || findModel(id) !== undefined)))
    .meta({
      description:
        'Ids of models under a non-commercial licence that you have read and accept, or `all`; without it they are neither fetched nor run',
      right: 'a list of model ids separated by commas, or all',
    }),
  WEBHOOK_ALLOW_PRIVATE: z.enum(['true', 'false']).optional().meta({
    description:
      'Whether webhooks may be at private and loopback addresses; not set, they may only where one process does everything and `HOST` is a loopback address',
    right: 'true or false',
  }),
  API_KEY: z
    .string()
    .regex(/^[!-~]{8,200}$/)
    .optional()
    .meta({
      description:
        'The first key, an administrator’s; another one at a later start takes its place. Not set, one is made and printed at the first start',
      right: 'a random text of 8 to 200 letters, digits and signs',
    }),
  OPEN_FAMILIES: z
    .string()
    .default('')
    .transform((list) => list.split(',').flatMap((item) => item.trim() || []))
    .pipe(z.array(z.enum(['matching', 'plates', 'faces'])))
    .meta({
      description:
        'Which parts of the API need no key wherever a request comes from; not set, they need none on this machine only. Inpainting needs one always, except from the page on this machine',
      right: 'a list of matching, plates and faces, separated by commas',
    }),
  BEHIND_PROXY: z.enum(['true', 'false']).default('false').meta({
    description:
      'Whether a proxy stands before this server that appends each client’s address to `X-Forwarded-For`: limits then count that one',
    right: 'true or false',
  }),
  MAX_IMAGE_SIZE: whole(4096, 16, 30_000, 'Longest side of a picture sent to `/api/v1/remove-watermark`', ' of pixels'),
  ENABLE_METRICS: z.enum(['true', 'false']).default('true').meta({
    description: 'Whether counts are kept and answered: `/metrics` for Prometheus, and `/api/v1/stats`',
    right: 'true or false',
  }),
  METRICS_TOKEN: z.string().min(1).optional().meta({
    description:
      'What Prometheus sends as `Authorization: Bearer` to read `/metrics` of a server that others reach too; a key does as well',
    right: 'a long random text',
  }),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info').meta({
    description: 'How much is logged, as JSON lines on the error output',
    right: 'silent, error, warn, info or debug',
  }),
})

type Variables = z.output<typeof Environment>

export interface Config {
  readonly role: Variables['ROLE']
  readonly host: string
  readonly allowedHosts: AllowedHosts
  /** The first is the main one; none where a worker was given none. */
  readonly ports: readonly number[]
  readonly dataDir: string
  readonly databaseUrl: string | undefined
  readonly storage: StoragePlace
  /** Whether result files are answered with an address of the storage. */
  readonly presignedDownloads: boolean
  /** Encrypts secrets in the database; else a key in `dataDir` does. */
  readonly secretKey: string | undefined
  readonly workers: number
  readonly queueLimit: number
  readonly upload: UploadLimits
  /** Of all requests that are kept in memory and answered at once. */
  readonly heldBytes: number
  readonly pixels: { readonly pixels: number; readonly side: number }
  /** Pictures in one request that takes many. */
  readonly batchFiles: number
  /** Pictures in one run of a model. */
  readonly modelBatch: number
  readonly plateCover: string | undefined
  readonly receiptKey: string | undefined
  readonly runTimeoutMs: number
  /** Of one compute process. */
  readonly runMemoryBytes: number
  readonly stopGraceMs: number
  readonly taskTtlMs: number
  readonly webhookAllowPrivate: boolean
  readonly models: ModelsConfig
  /** What computes models. */
  readonly device: Variables['PROCESSING_DEVICE']
  /** Who may ask for what. */
  readonly access: {
    readonly firstKey: string | undefined
    readonly openFamilies: Variables['OPEN_FAMILIES']
    /** Whether the last address of `X-Forwarded-For` is the sender's. */
    readonly behindProxy: boolean
  }
  /** Longest side of a picture of the inpainting family, pixels. */
  readonly imageSide: number
  /** Counts of what the server does, and who may read them. */
  readonly metrics: { readonly enabled: boolean; readonly token: string | undefined }
  readonly logLevel: Variables['LOG_LEVEL']
}

/** Its message has one sentence for each wrong variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/** @throws ConfigError that names every wrong variable at once and says what would be right */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(given)
  const wrong = new Set(parsed.error?.issues.map(({ path }) => String(path[0])))
  const complaints = [...wrong].map((name) => complaint(name, given[name]))
  if (!wrong.has('ROLE') && !wrong.has('DATABASE_URL') && needsDatabase(given)) {
    complaints.push(
      `DATABASE_URL must be set when ROLE is ${given.ROLE}: the embedded database serves one process only.`,
    )
  }
  complaints.push(...missingKeys(given))
  if (!parsed.success || complaints.length > 0) throw new ConfigError(complaints.join('\n'))
  const config = toConfig(parsed.data)
  // Several workers on one machine must not be at odds over a port that nobody asked for.
  return config.role === 'worker' && given.PORT === undefined ? { ...config, ports: [] } : config
}

const needsDatabase = ({ ROLE, DATABASE_URL }: Readonly<Record<string, string | undefined>>): boolean =>
  (ROLE === 'api' || ROLE === 'worker') && DATABASE_URL === undefined

const STORAGE_KEYS = { s3: ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'], 'vercel-blob': ['BLOB_READ_WRITE_TOKEN'] }

function missingKeys(given: Readonly<Record<string, string | undefined>>): string[] {
  const address = storageAddress(given.STORAGE_URL ?? '')
  const needed = address ? STORAGE_KEYS[address.kind] : []
  return needed
    .filter((name) => given[name] === undefined)
    .map((name) => `${name} must be set when STORAGE_URL is ${address?.kind}: the storage is private.`)
}

const SECRET = ['DATABASE_URL', 'STORAGE_URL', 'SECRET_KEY', 'RECEIPT_KEY', 'METRICS_TOKEN', 'API_KEY']

function complaint(name: string, value: string | undefined): string {
  const right = Environment.shape[name as keyof Variables].meta()?.right
  // An address may hold a password, and neither that nor a key must end up in a log.
  const found = SECRET.includes(name) ? '' : `, not ${JSON.stringify(value)}`
  return `${name} must be ${right}${found}.`
}

const BYTES_PER_MB = 1_000_000
const MS_PER_HOUR = 3_600_000

const toConfig = (variables: Variables): Config => ({
  role: variables.ROLE,
  host: variables.HOST,
  allowedHosts: allowedHosts(variables),
  ports: [...new Set([variables.PORT, ...variables.EXTRA_PORTS])],
  dataDir: variables.DATA_DIR,
  databaseUrl: variables.DATABASE_URL,
  storage: storagePlace(variables),
  presignedDownloads: variables.PRESIGNED_DOWNLOADS === 'true',
  secretKey: variables.SECRET_KEY,
  workers: variables.WORKERS || availableParallelism(),
  queueLimit: variables.QUEUE_LIMIT,
  upload: {
    fileBytes: variables.MAX_FILE_MB * BYTES_PER_MB,
    cloudBytes: variables.MAX_CLOUD_MB * BYTES_PER_MB,
    totalBytes: variables.MAX_UPLOAD_MB * BYTES_PER_MB,
    files: variables.MAX_FILES,
  },
  heldBytes: variables.MAX_HELD_MB * BYTES_PER_MB,
  pixels: { pixels: variables.MAX_MEGAPIXELS * 1e6, side: variables.MAX_SIDE },
  batchFiles: variables.MAX_FILES_PER_REQUEST,
  modelBatch: variables.PROCESSING_BATCH_SIZE,
  plateCover: variables.PLATE_COVER,
  receiptKey: variables.RECEIPT_KEY,
  runMemoryBytes: variables.RUN_MEMORY_MB * BYTES_PER_MB,
  runTimeoutMs: variables.RUN_TIMEOUT_SECONDS * 1000,
  stopGraceMs: variables.STOP_GRACE_SECONDS * 1000,
  taskTtlMs: variables.TASK_STORAGE_TTL_HOURS * MS_PER_HOUR,
  webhookAllowPrivate: allowPrivate(variables),
  models: {
    cache: variables.MODELS_CACHE ?? join(variables.DATA_DIR, 'models'),
    folder: variables.MODELS_DIR,
    acceptLicences: variables.ACCEPT_LICENSES.includes('all') ? 'all' : variables.ACCEPT_LICENSES,
    fetchDefaults: variables.MODELS_FETCH === 'defaults',
  },
  device: variables.PROCESSING_DEVICE,
  access: {
    firstKey: variables.API_KEY,
    openFamilies: variables.OPEN_FAMILIES,
    behindProxy: variables.BEHIND_PROXY === 'true',
  },
  imageSide: variables.MAX_IMAGE_SIZE,
  metrics: { enabled: variables.ENABLE_METRICS === 'true', token: variables.METRICS_TOKEN },
  logLevel: variables.LOG_LEVEL,
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

/** Whoever can ask a server that only this machine reaches can reach this machine's network too. */
function allowPrivate({ WEBHOOK_ALLOW_PRIVATE, ROLE, HOST }: Variables): boolean {
  if (WEBHOOK_ALLOW_PRIVATE !== undefined) return WEBHOOK_ALLOW_PRIVATE === 'true'
  return ROLE === 'all' && isLoopbackName(HOST)
}

function allowedHosts({ ALLOWED_HOSTS, HOST }: Variables): AllowedHosts {
  if (ALLOWED_HOSTS.length === 0) return isLoopbackName(HOST) ? [HOST] : 'any'
  return ALLOWED_HOSTS.includes('*') ? 'any' : ALLOWED_HOSTS
}

/** CONFIG.md, whole. */
export function configTable(): string {
  const rows = Object.entries(Environment.shape).map(([name, schema]) => {
    const { description, right } = schema.meta() ?? {}
    const fallback = schema.safeParse(undefined).data
    return `| \`${name}\` | ${fallback === undefined ? '' : `\`${fallback}\``} | ${right} | ${description} |`
  })
  return [
    '# Configuration',
    '',
    'The server reads these environment variables. A wrong value stops the start with a sentence that says what would be right.',
    '',
    '| variable | default | value | meaning |',
    '| --- | --- | --- | --- |',
    ...rows.map((row) => row.replace(' `` ', '  ')),
    '',
  ].join('\n')
}
