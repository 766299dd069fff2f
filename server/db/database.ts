import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import type { ConstructorOptions } from 'pg-boss'
import type { Config } from '../config'
import type * as schema from './schema'

/** Drizzle on either database. */
export type Sql = PgDatabase<PgQueryResultHKT, typeof schema>

/** The open database: PostgreSQL, or PGlite, which is the same SQL inside this process. */
export interface Database {
  readonly kind: 'pglite' | 'postgres'
  readonly sql: Sql
  /** How the queue reaches this database. */
  readonly queue: ConstructorOptions
  /** Calls back for each message on a channel, from any process; survives a lost connection. */
  listen(channel: string, onMessage: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** Opens and migrates the configured database. */
export async function openDatabase({ databaseUrl, dataDir }: Config): Promise<Database> {
  if (databaseUrl) {
    const { openPostgres } = await import('./postgres')
    return openPostgres(databaseUrl)
  }
  const { openPglite } = await import('./pglite')
  return openPglite(dataDir)
}
