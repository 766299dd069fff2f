import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase, type Sql } from '../../server/db/database'
import { MIGRATIONS, VECTOR } from '../../server/db/migrations'
import { addVector, nearestByIndex, nearestVectors, settingsOfWalk } from '../../server/library/vectors'
import { onEachDatabase } from './databases'
import { testConfig } from './support'

const MODEL = 'darkroom-copies'
const MANY = 1000
const WALKING = { few: 100, passed: 10_000 }

onEachDatabase('vectors of the library', ({ create }) => {
  async function filled(libraries: Readonly<Record<string, number>>) {
    const { sql: db, close } = await openDatabase(testConfig(await create()))
    onTestFinished(close)
    for (const [owner, count] of Object.entries(libraries)) await fill(db, owner, count)
    const embeddingOf = async (id: number): Promise<number[]> => {
      const [{ words }] = await rowsOf<{ words: string }>(
        db,
        sql`select embedding::text as words from copy_vectors where image_id = ${id}`,
      )
      return JSON.parse(words)
    }
    const idsOf = async (owner: string) =>
      (await rowsOf<{ image_id: number }>(db, sql`select image_id from copy_vectors where owner = ${owner}`)).map(
        (row) => row.image_id,
      )
    return { db, embeddingOf, idsOf }
  }

  test('are found by walking the HNSW index, also one of two owners’ and before there are statistics', async () => {
    const { db, embeddingOf } = await filled({ one: MANY, other: MANY })
    const embedding = await embeddingOf(7)
    for (const owner of ['one', null]) {
      const plan = await db.transaction(async (tx) => {
        await tx.execute(settingsOfWalk(WALKING.passed))
        return rowsOf<{ 'QUERY PLAN': string }>(tx, sql`explain ${nearestByIndex(owner, embedding, 10)}`)
      })
      const lines = plan.map((row) => row['QUERY PLAN']).join('\n')
      expect(lines).toContain('Index Scan using copy_vectors_nearest')
      expect(lines).not.toContain('Sort')
    }
    const walked = await nearestVectors(db, 'one', { model: MODEL, embedding }, 10, WALKING)
    const exact = await nearestVectors(db, 'one', { model: MODEL, embedding }, 10, { few: MANY, passed: 1 })
    expect(walked[0]).toMatchObject({ id: 7, similarity: expect.closeTo(1, 5) })
    const found = new Set(walked.map(({ id }) => id))
    expect(exact.filter(({ id }) => found.has(id)).length).toBeGreaterThanOrEqual(9)
    expect(walked.map(({ similarity }) => similarity)).toEqual(
      walked.map(({ similarity }) => similarity).sort((a, b) => b - a),
    )
  })

  test('of a small library beside a large one are all found, and nobody else’s', async () => {
    const { db, embeddingOf, idsOf } = await filled({ large: MANY, small: 12 })
    const embedding = await embeddingOf(7)
    const found = await nearestVectors(db, 'small', { model: MODEL, embedding }, 24)
    expect(new Set(found.map(({ id }) => id))).toEqual(new Set(await idsOf('small')))
    expect(await nearestVectors(db, 'nobody', { model: MODEL, embedding }, 24)).toEqual([])
  })

  test('are all found where a walk is cut short by too many of other owners', async () => {
    const { db, embeddingOf, idsOf } = await filled({ large: MANY, medium: 30 })
    const embedding = await embeddingOf(7)
    const vector = { model: MODEL, embedding }
    const found = await nearestVectors(db, 'medium', vector, 24, { few: 25, passed: 150 })
    const exact = await nearestVectors(db, 'medium', vector, 24, { few: 30, passed: 1 })
    expect(found).toHaveLength(24)
    expect(found).toEqual(exact)
    expect(await idsOf('medium')).toEqual(expect.arrayContaining(found.map(({ id }) => id)))
  })

  test('of other models are kept apart, whatever their length', async () => {
    const { db } = await filled({ one: 3 })
    const theirs = { model: 'theirs', embedding: [0.6, 0.8] }
    await addVector(db, 1, theirs)
    await addVector(db, 2, { model: 'theirs', embedding: [0.8, 0.6] })
    await addVector(db, 3, { model: MODEL, embedding: [1, 0] })
    expect(await nearestVectors(db, 'one', theirs, 10)).toEqual([
      { id: 1, similarity: expect.closeTo(1, 5) },
      { id: 2, similarity: expect.closeTo(0.96, 5) },
    ])
    await addVector(db, 2, { model: 'theirs', embedding: [1, 0] })
    expect((await nearestVectors(db, 'one', { model: 'theirs', embedding: [1, 0] }, 1))[0]).toEqual({
      id: 2,
      similarity: expect.closeTo(1, 5),
    })
    await addVector(db, 4, theirs) // removed meanwhile
    expect(await nearestVectors(db, 'one', theirs, 10)).toHaveLength(2)
  })
})

test('vectors from before they had a table of their own are carried over', async () => {
  const earlier = await migrationsUpTo(6)
  const pglite = await PGlite.create({ extensions: { vector } })
  onTestFinished(() => pglite.close())
  await pglite.exec(VECTOR)
  const db = drizzle(pglite)
  await migrate(db, { migrationsFolder: earlier })
  await pglite.exec(`insert into images (owner, name, model_name, path, sha256, bytes)
    values ('one', '', '', '1', '', 1), (null, '', '', '2', '', 1);
    insert into image_vectors (image_id, model, embedding) values
      (1, '${MODEL}', array_fill(0.0625::real, array[256])::vector),
      (2, '${MODEL}', array_fill(-0.0625::real, array[256])::vector),
      (2, 'theirs', '[1, 0]')`)
  await migrate(db, MIGRATIONS)
  const embedding = Array.from({ length: 256 }, () => 0.0625)
  const near = (owner: string | null) => nearestVectors(db as unknown as Sql, owner, { model: MODEL, embedding }, 5)
  expect(await near('one')).toEqual([{ id: 1, similarity: expect.closeTo(1, 5) }])
  expect(await near(null)).toEqual([{ id: 2, similarity: expect.closeTo(-1, 5) }])
  const theirs = await nearestVectors(db as unknown as Sql, null, { model: 'theirs', embedding: [1, 0] }, 5)
  expect(theirs.map(({ id }) => id)).toEqual([2])
})

/** Points at random on the unit sphere, made by the database; indexed at once, which is quicker than one by one. */
async function fill(db: Sql, owner: string, count: number): Promise<void> {
  await db.execute(sql`drop index if exists copy_vectors_nearest`)
  await db.execute(sql`insert into images (owner, name, model_name, path, sha256, bytes)
    select ${owner}::text, i, ${MODEL}::text, ${owner}::text || i, i, 1 from generate_series(1, ${count}::int) i`)
  await db.execute(sql`insert into copy_vectors (image_id, owner, embedding)
    select i.id, i.owner, l2_normalize((
      select array_agg(sin(i.id * 12.9898 * (n + 1.37) + n * 78.233)::real order by n) from generate_series(1, 256) n
    )::vector) from images i where i.owner = ${owner}`)
  await db.execute(sql`create index copy_vectors_nearest on copy_vectors
    using hnsw (embedding vector_ip_ops) with (m = 16, ef_construction = 100)`)
}

/** A folder with the migrations as they were before later ones. */
async function migrationsUpTo(last: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'darkroom-migrations-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await cp(MIGRATIONS.migrationsFolder, folder, { recursive: true })
  const path = join(folder, 'meta', '_journal.json')
  const journal = JSON.parse(await readFile(path, 'utf8'))
  const entries = journal.entries.filter(({ idx }: { idx: number }) => idx <= last)
  await writeFile(path, JSON.stringify({ ...journal, entries }))
  return folder
}

const rowsOf = async <Row>(db: Pick<Sql, 'execute'>, statement: ReturnType<typeof sql>) =>
  ((await db.execute(statement)) as unknown as { rows: Row[] }).rows
