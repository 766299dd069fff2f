import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { type Database, openDatabase } from '../../server/db/database'
import { copyVectors } from '../../server/db/library-schema'
import { findCandidates, indexImage } from '../../server/library/search'
import { hasPostgres, startCluster } from '../server/postgres-cluster'
import { printTable } from './copies-figures'
import { MODEL } from './copies-set'
import { clusteredVectors } from './copies-vectors'
import { config } from './face-platform'

const SIZES = (process.env.SIZES ?? '10000,100000').split(',').map(Number)
const DATABASES = (process.env.DATABASES ?? 'pglite,postgres').split(',')
const QUERIES = 100
const ADDED = 100 // pictures indexed one by one once the index is full
const NEAREST = 10
const TOGETHER = 500

/** Loading vectors, indexing them, asking the index, and how many of the ten nearest it finds, on both databases. */
export async function printIndex(): Promise<void> {
  const rows: (string | number)[][] = []
  for (const size of SIZES) {
    const vectors = clusteredVectors(size + QUERIES + ADDED)
    for (const kind of DATABASES) rows.push(await measure(kind, size, vectors))
  }
  console.log(`${MODEL}: vectors of 256 numbers, 16 hash bands a picture; ${QUERIES} queries`)
  printTable(
    ['database', 'pictures', 'load s', 'index s', 'add ms', 'query ms', 'slowest ms', `recall@${NEAREST}`],
    rows,
  )
}

async function measure(kind: string, size: number, vectors: readonly Float32Array[]): Promise<(string | number)[]> {
  const { database, close } = await open(kind)
  try {
    const filled = await timed(() => fill(database, vectors.slice(0, size)))
    const indexed = await timed(() => buildIndex(database))
    const queries = vectors.slice(size, size + QUERIES)
    const answers: { ms: number; recall: number }[] = []
    for (const query of queries) answers.push(await ask(database, query, vectors, size))
    const added = await timed(() => addOneByOne(database, vectors.slice(size + QUERIES)))
    const times = answers.map(({ ms }) => ms).sort((a, b) => a - b)
    const recall = answers.reduce((sum, one) => sum + one.recall, 0) / answers.length
    const tenths = (value: number) => value.toFixed(1)
    return [
      kind,
      String(size),
      tenths(filled / 1000),
      tenths(indexed / 1000),
      tenths(added / ADDED),
      tenths(times[times.length >> 1]),
      tenths(times.at(-1) ?? 0),
      recall,
    ]
  } finally {
    await close()
  }
}

async function open(kind: string): Promise<{ database: Database; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-bench-'))
  if (kind === 'postgres' && !hasPostgres)
    throw new Error('There is no PostgreSQL here; DATABASES=pglite leaves it out')
  const cluster = kind === 'postgres' ? await startCluster() : undefined
  const databaseUrl = await cluster?.createDatabase()
  const database = await openDatabase({ ...config, databaseUrl, dataDir: folder })
  const close = async () => {
    await database.close()
    cluster?.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { database, close }
}

/** Pictures with hashes at random, and their vectors, which are indexed later, all at once. */
async function fill({ sql: db }: Database, vectors: readonly Float32Array[]): Promise<void> {
  const size = vectors.length
  await db.execute(sql`drop index copy_vectors_nearest`)
  await db.execute(sql`insert into images (name, model_name, path, sha256, bytes, status, pdq)
    select i, ${MODEL}, i, i, 1, 'PROCESSED', md5(i::text) || md5((-i)::text) from generate_series(1, ${sql.raw(String(size))}) i`)
  await db.execute(sql`insert into image_bands (image_id, band, key)
    select i.id, b, ('x' || substr(i.pdq, b * 4 + 1, 4))::bit(16)::int from images i, generate_series(0, 15) b`)
  for (let from = 0; from < size; from += TOGETHER) {
    const rows = vectors.slice(from, from + TOGETHER).map((vector, i) => ({
      imageId: from + i + 1,
      embedding: Array.from(vector),
    }))
    await db.insert(copyVectors).values(rows)
  }
}

/** As the migration makes it. */
async function buildIndex({ kind, sql: db }: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local maintenance_work_mem = '256MB'`)
    await tx.execute(sql`create index copy_vectors_nearest on copy_vectors
      using hnsw (embedding vector_ip_ops) with (m = 16, ef_construction = 100)`)
  })
  if (kind === 'postgres') await db.execute(sql`analyze`) // as its autovacuum would; an embedded database has none
}

/** @returns milliseconds and the share of the exact neighbours among those found */
async function ask({ sql: db }: Database, query: Float32Array, vectors: readonly Float32Array[], size: number) {
  const picture = { sha256: '', orientations: orientations(query), model: MODEL, embedding: Array.from(query) }
  const start = performance.now()
  const found = await findCandidates(db, null, picture, NEAREST)
  const ms = performance.now() - start
  const ids = new Set(found.filter(({ similarity }) => similarity !== null).map(({ id }) => id - 1))
  const exact = exactNearest(query, vectors, size)
  return { ms, recall: exact.filter((index) => ids.has(index)).length / NEAREST }
}

async function addOneByOne({ sql: db }: Database, vectors: readonly Float32Array[]): Promise<void> {
  for (const [i, vector] of vectors.entries()) {
    const { rows } = (await db.execute(sql`insert into images (name, model_name, path, sha256, bytes)
      values ('added', ${MODEL}, ${`added ${i}`}, '', 1) returning id`)) as unknown as { rows: { id: number }[] }
    await indexImage(db, rows[0].id, orientations(vector)[0], { model: MODEL, embedding: Array.from(vector) })
  }
}

function exactNearest(query: Float32Array, vectors: readonly Float32Array[], size: number): number[] {
  const scores = Float32Array.from({ length: size }, (_, i) => dotOf(query, vectors[i]))
  return Array.from(scores.keys())
    .sort((a, b) => scores[b] - scores[a])
    .slice(0, NEAREST)
}

function dotOf(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
  return sum
}

/** Eight hashes made of a vector's signs. */
const orientations = (vector: Float32Array): string[] =>
  Array.from({ length: 8 }, (_, turn) =>
    Array.from({ length: 64 }, (_, digit) => {
      const bits = [0, 1, 2, 3].map((bit) => Number(vector[(digit * 4 + bit + turn * 37) % 256] > 0))
      return Number.parseInt(bits.join(''), 2).toString(16)
    }).join(''),
  )

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
