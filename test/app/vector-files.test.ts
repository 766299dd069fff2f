import { existsSync, readdirSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cosines } from '../../app/vectors/cosines'
import { pairsCsv, vectorsCsv, vectorsJson, vectorsSql } from '../../app/vectors/vector-files'
import { type Cluster, hasPostgres, startCluster } from '../server/postgres-cluster'

const contract = 'net/five-point/l2'
const odd = `o'brien "x"\\'); DROP TABLE t; --\n.jpg`
const entries = [
  { name: 'a.jpg', contract, vector: [1, 0, 0] },
  { name: odd, contract, vector: [0.6, 0.8, 0] },
  { name: 'c.jpg', contract, vector: [0, 0.1, -1e-7] },
]
const table = `my "faces"\n-- and more`

test('JSON has every number, the file and what made it', () => {
  expect(JSON.parse(vectorsJson(entries))).toEqual(
    entries.map(({ name, vector }) => ({ file: name, model_contract: contract, embedding: vector })),
  )
})

test('CSV has a line for each vector, in quotes where a name needs them', () => {
  const [head, first] = vectorsCsv(entries).split('\r\n')
  expect(head).toBe('file,model_contract,embedding')
  expect(first).toBe('a.jpg,net/five-point/l2,"[1,0,0]"')
})

test('pairs come once each, the most alike first, with the verdict at the threshold', () => {
  const lines = pairsCsv(entries, cosines(entries.map(({ vector }) => vector)), 0.7).split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines.slice(1).map((line) => line.split(',').at(-1))).toEqual(['true', 'false', 'false'])
})

test('the script makes a table with exactly these rows, however odd its name and those of the files', async () => {
  const database = new PGlite()
  // This PostgreSQL has no pgvector: the vectors stay text, and everything else runs as it is.
  const script = vectorsSql(entries, table, 0.4)
    .replace('CREATE EXTENSION IF NOT EXISTS vector;', '')
    .replace('vector(3)', 'text')
    .replace(/CREATE INDEX[^;]*;/, '')
  await database.exec(script)
  const { rows } = await database.query('SELECT file, model_contract, embedding FROM "my ""faces"" -- and more"')
  expect(rows).toEqual(
    entries.map(({ name, vector }) => ({ file: name, model_contract: contract, embedding: `[${vector.join(',')}]` })),
  )
  await database.close()
})

const extensions = '/usr/share/postgresql'
const hasPgvector =
  hasPostgres &&
  existsSync(extensions) &&
  readdirSync(extensions).some((version) => existsSync(`${extensions}/${version}/extension/vector.control`))

describe.skipIf(!hasPgvector)('with pgvector, which this machine must have for it', () => {
  let cluster: Cluster
  beforeAll(async () => {
    cluster = await startCluster()
  })
  afterAll(() => cluster?.stop())

  test('the script runs twice over, and its question finds the most alike', async () => {
    const client = new pg.Client(await cluster.createDatabase())
    await client.connect()
    const script = vectorsSql(entries, table, 0.4)
    await client.query(script)
    await expect(client.query(script)).resolves.toBeDefined()
    const question = script.slice(script.indexOf('-- SELECT')).replaceAll(/^-- /gm, '')
    const { rows } = await client.query(question)
    expect(rows[0]).toMatchObject({ file: 'a.jpg', cosine: expect.closeTo(1, 6) }) // the second copy of itself
    expect(rows[1]).toMatchObject({ file: odd, cosine: expect.closeTo(0.6, 6) })
    await client.end()
  })
})
