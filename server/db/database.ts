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
  /** Hears each message on a channel, from any process; survives a lost connection. */
  listen(channel: string, listener: Listener): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface Listener {
  onMessage(payload: string): void
  /** Messages may have been missed: the connection was lost, and is there again. */
  onGap(): void
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
