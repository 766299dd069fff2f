import { sql } from 'drizzle-orm'
import { fromDrizzle } from 'pg-boss'
import type { Sql } from '../db/database'

/** Has the queue write within a transaction of ours, so that a row and its job appear together or not at all. */
export const within = (transaction: Sql) =>
  fromDrizzle(transaction as unknown as Parameters<typeof fromDrizzle>[0], sql)
