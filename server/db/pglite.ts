import { cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { fromPglite } from 'pg-boss'
import type { Database, Sql } from './database'
import { lockFolder } from './folder-lock'
import { MIGRATIONS, VECTOR } from './migrations'
import * as schema from './schema'

/** An empty database made by the build: copying it takes a tenth of the time of making one. */
const TEMPLATE = fileURLToPath(new URL('./database-template', import.meta.url))

/**
 * Opens the embedded database in `dataDir/db`, made when missing.
 *
 * @throws FolderLockedError when another process has it open
 */
export async function openPglite(dataDir: string): Promise<Database> {
  await mkdir(dataDir, { recursive: true })
  // PGlite itself does not notice a second process, and writes of both would be lost.
  const unlock = await lockFolder(dataDir)
  try {
    const folder = join(dataDir, 'db')
    if (!(await exists(folder))) await createDatabase(folder)
    const pglite = await PGlite.create(folder, { extensions: { vector } })
    await pglite.exec(VECTOR)
    const sql = drizzle(pglite, { schema })
    await migrate(sql, MIGRATIONS)
    return {
      kind: 'pglite',
      sql: sql as unknown as Sql,
      queue: { db: fromPglite(pglite), backend: 'pglite' },
      listen: (channel, { onMessage }) => pglite.listen(channel, onMessage),
      close: async () => {
        await pglite.close()
        await unlock()
      },
    }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** Made under another name first: a process that is killed half-way leaves no half database. */
async function createDatabase(folder: string): Promise<void> {
  const unfinished = `${folder}.new`
  await rm(unfinished, { recursive: true, force: true })
  if (await exists(TEMPLATE)) {
    await cp(TEMPLATE, unfinished, { recursive: true })
  } else {
    const pglite = await PGlite.create(unfinished)
    await pglite.close()
  }
  await rename(unfinished, folder)
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
