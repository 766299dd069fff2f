import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import pg from 'pg'
import type { Database, Sql } from './database'
import { MIGRATIONS, VECTOR } from './migrations'
import { listen } from './postgres-listen'
import * as schema from './schema'

const CONNECTIONS = 8 // of each pool, opened as needed: statements are short, and PostgreSQL has 100 for all processes
const CONNECT_MS = 10_000 // for a new connection, or for one of ours to become free: then the request is refused
const PROBE_MS = 10_000 // a silent connection is asked whether it lives, so that a host that vanished is noticed
const MIGRATION_LOCK = 7_302_114 // any number, the same in every process

/** @throws Error with a sentence when the server cannot be reached */
export async function openPostgres(url: string): Promise<Database> {
  const options = {
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: PROBE_MS,
  }
  const pool = new pg.Pool(options)
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => {})
  // So would one that is in use and breaks between two statements of a transaction; the next one says so.
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await migrateOnce(pool)
  } catch (cause) {
    await pool.end()
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`The database at DATABASE_URL could not be opened: ${reason}`, { cause })
  }
  return {
    kind: 'postgres',
    sql: drizzle(pool, { schema }) as unknown as Sql,
    queue: options,
    listen: (channel, listener) => listen(url, channel, listener),
    close: () => pool.end(),
  }
}

/** Several processes may start at once: one migrates, the others wait and find nothing to do. */
async function migrateOnce(pool: pg.Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await addVectors(client)
    await migrate(drizzle(client), MIGRATIONS)
  } finally {
    client.release(true) // closing the connection also gives the lock back, whatever happened
  }
}

async function addVectors(client: pg.PoolClient): Promise<void> {
  try {
    await client.query(VECTOR)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Error(`it needs the extension pgvector, which this user cannot add: ${reason}`, { cause })
  }
}
