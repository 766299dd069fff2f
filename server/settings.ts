import { eq, sql as raw } from 'drizzle-orm'
import type { Settings } from './api/engine'
import type { Sql } from './db/database'
import { settings } from './db/schema'

/** Settings of tools in the database, so that every process has the same. */
export const createSettings = (sql: Sql): Settings => ({
  async read(tool) {
    const [row] = await sql.select({ params: settings.params }).from(settings).where(eq(settings.tool, tool))
    return row?.params
  },
  async write(tool, params) {
    const set = { params, updatedAt: raw`now()` }
    await sql.insert(settings).values({ tool, params }).onConflictDoUpdate({ target: settings.tool, set })
  },
})
