import { chunks } from '../../core/parallel'
import { toCsv } from '../export/csv'
import type { Entry } from './entries'

type Made = Pick<Entry, 'name' | 'vector' | 'contract'>

/** Every vector with its file and what made it. */
export const vectorsJson = (entries: readonly Made[]): string =>
  JSON.stringify(
    entries.map(({ name, contract, vector }) => ({ file: name, model_contract: contract, embedding: vector })),
  )

/** One line per vector; the numbers as a list in brackets, which pgvector and NumPy read. */
export function vectorsCsv(entries: readonly Made[]): string {
  const rows = entries.map(({ name, contract, vector }) => ({
    file: name,
    model_contract: contract,
    embedding: listed(vector),
  }))
  return toCsv(['file', 'model_contract', 'embedding'], rows)
}

/** One line per pair, the most alike first. @param cosines n × n */
export function pairsCsv(entries: readonly Made[], cosines: Float32Array, threshold: number): string {
  const n = entries.length
  const rows = entries.flatMap(({ name: a }, i) =>
    entries.slice(i + 1).map(({ name: b }, j) => ({ a, b, cosine: cosines[i * n + i + 1 + j] })),
  )
  rows.sort((one, other) => other.cosine - one.cosine)
  return toCsv(
    ['a', 'b', 'cosine', 'same'],
    rows.map((row) => ({ ...row, same: row.cosine >= threshold })),
  )
}

const ROWS_PER_INSERT = 100 // a line of a thousand vectors is more than some tools take

/**
 * A script for PostgreSQL with pgvector: a table, its vectors, an index, and the question it is for.
 *
 * @param table any name; it is quoted
 * @param same cosine from which two are the same
 */
export function vectorsSql(entries: readonly Made[], table: string, same: number): string {
  const dim = entries[0]?.vector.length ?? 0
  const name = identifier(table)
  const rows = entries.map(
    ({ name: file, contract, vector }) => `  (${literal(file)}, ${literal(contract)}, '${listed(vector)}')`,
  )
  const inserts = chunks(rows, ROWS_PER_INSERT).map(
    (some) => `INSERT INTO ${name} (file, model_contract, embedding) VALUES\n${some.join(',\n')};`,
  )
  return [
    'CREATE EXTENSION IF NOT EXISTS vector;',
    `CREATE TABLE IF NOT EXISTS ${name} (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  file text NOT NULL,
  model_contract text NOT NULL, -- vectors of two contracts cannot be compared
  embedding vector(${dim}) NOT NULL
);`,
    ...inserts,
    `CREATE INDEX IF NOT EXISTS ${identifier(`${table}_embedding`)} ON ${name} USING hnsw (embedding vector_cosine_ops);`,
    `-- The ten most alike to the first, with their cosine; ${same} and over counts as the same:
-- SELECT other.file, 1 - (other.embedding <=> one.embedding) AS cosine
-- FROM ${name} one JOIN ${name} other ON other.id <> one.id AND other.model_contract = one.model_contract
-- WHERE one.id = 1 ORDER BY other.embedding <=> one.embedding LIMIT 10;`,
    '',
  ].join('\n\n')
}

const listed = (vector: readonly number[]): string => `[${vector.join(',')}]`

/** Without line breaks, since it also stands in a comment. */
const identifier = (name: string): string => `"${name.replace(/\p{Cc}/gu, ' ').replaceAll('"', '""')}"`

/** A backslash is plain text in it, whatever the server's settings: then it is written as an escape string. */
function literal(text: string): string {
  const quoted = withoutNul(text).replaceAll("'", "''")
  return quoted.includes('\\') ? `E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`
}

/** PostgreSQL keeps no zero character in text. */
const withoutNul = (text: string): string => text.replaceAll('\0', '')
