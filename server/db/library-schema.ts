import {
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  vector,
} from 'drizzle-orm/pg-core'
import { type Labels, STATUSES } from '../api/library'

const time = (name: string) => timestamp(name, { withTimezone: true })

/** pgvector's type without a number of dimensions: each model has its own. */
const anyVector = customType<{ data: readonly number[]; driverData: string }>({
  dataType: () => 'vector',
  toDriver: (vector) => JSON.stringify(vector),
  fromDriver: (words) => JSON.parse(words),
})

export const OWN_DIMENSIONS = 256

export const images = pgTable(
  'images',
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    /** The user whose library it is in; null is the library of this machine's page. */
    owner: text(),
    name: text().notNull(),
    status: text({ enum: STATUSES }).notNull().default('UPLOADED'),
    /** The model worker it waits for. */
    modelName: text('model_name').notNull(),
    /** Key in the storage: `images/{uuid}_{name}`. */
    path: text().notNull().unique(),
    sha256: text().notNull(),
    bytes: integer().notNull(),
    width: integer(),
    height: integer(),
    /** 64 hexadecimal digits. */
    pdq: text(),
    pdqQuality: integer('pdq_quality'),
    labels: json().$type<Labels>(),
    /** The least id of all pictures that hang together with it by links. */
    groupId: integer('group_id'),
    /** Also the fencing token: only the latest claim may be answered. */
    claims: integer().notNull().default(0),
    leaseUntil: time('lease_until'),
    /** Why our own worker could not read it, a sentence. */
    error: text(),
    createdAt: time('created_at').notNull().defaultNow(),
    uploadedAt: time('uploaded_at').notNull().defaultNow(),
    processedAt: time('processed_at'),
  },
  (table) => [
    index('images_waiting').on(table.modelName, table.status, table.id),
    index('images_of_owner').on(table.owner, table.status, table.id),
    index('images_group').on(table.groupId),
    index('images_sha256').on(table.sha256),
  ],
)

/** The 16 bands of each perceptual hash: two hashes within 31 bits differ in at most one bit of some band. */
export const imageBands = pgTable(
  'image_bands',
  {
    imageId: integer('image_id')
      .notNull()
      .references(() => images.id, { onDelete: 'cascade' }),
    band: smallint().notNull(),
    key: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.band, table.key, table.imageId] }),
    index('image_bands_image').on(table.imageId),
  ],
)

/** Vectors of our own model, by an index; with the owner, so that the walk along the index can leave out the others. */
export const copyVectors = pgTable(
  'copy_vectors',
  {
    imageId: integer('image_id')
      .primaryKey()
      .references(() => images.id, { onDelete: 'cascade' }),
    owner: text(),
    /** Of length 1, so that the inner product is the cosine. */
    embedding: vector({ dimensions: OWN_DIMENSIONS }).notNull(),
  },
  (table) => [
    index('copy_vectors_owner').on(table.owner),
    index('copy_vectors_nearest')
      .using('hnsw', table.embedding.op('vector_ip_ops'))
      .with({ m: 16, ef_construction: 100 }),
  ],
)

/** Vectors of other models, which are compared one by one. */
export const imageVectors = pgTable(
  'image_vectors',
  {
    imageId: integer('image_id')
      .notNull()
      .references(() => images.id, { onDelete: 'cascade' }),
    model: text().notNull(),
    /** Of length 1. */
    embedding: anyVector().notNull(),
  },
  (table) => [primaryKey({ columns: [table.imageId, table.model] })],
)

/** Two pictures of which one is made from the other; `a` is the lesser id. */
export const imageLinks = pgTable(
  'image_links',
  {
    a: integer()
      .notNull()
      .references(() => images.id, { onDelete: 'cascade' }),
    b: integer()
      .notNull()
      .references(() => images.id, { onDelete: 'cascade' }),
    verdict: text().notNull(),
    probability: doublePrecision().notNull(),
    /** `result_data` of the comparison, but for its pairs of details. */
    evidence: json().$type<Record<string, unknown>>(),
    /** People said that these are no copies: it stays so when they are indexed again. */
    ignored: boolean().notNull().default(false),
    createdAt: time('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.a, table.b] }), index('image_links_b').on(table.b)],
)

export type ImageRow = typeof images.$inferSelect
export type LinkRow = typeof imageLinks.$inferSelect
