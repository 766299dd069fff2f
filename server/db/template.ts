// Run by the build: makes the empty database that a first start copies.
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createLog } from '../log'
import { openQueue } from '../tasks/queue'
import { openPglite } from './pglite'

const target = process.argv[2]
const scratch = `${target}.unfinished`
await rm(scratch, { recursive: true, force: true })
const database = await openPglite(scratch)
const queue = await openQueue(database, createLog('error'), false)
await queue.stop(0)
await database.close()
await rename(join(scratch, 'db'), target)
await rm(scratch, { recursive: true })
process.exit(0)
