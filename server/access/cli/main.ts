import { readConfig } from '../../config'
import { openDatabase } from '../../db/database'
import { FolderLockedError } from '../../db/folder-lock'
import { createAccounts } from '../access'
import { runCommand } from './run-command'

const IN_USE = `The embedded database serves one process, and the server is running: manage keys on its dashboard page or at
/api/v1/keys, or stop it for the time of this command. With DATABASE_URL both can run at once.`

try {
  const database = await openDatabase(readConfig(process.env))
  try {
    process.exitCode = await runCommand(process.argv.slice(2), createAccounts(database.sql), console.log)
  } finally {
    await database.close()
  }
} catch (error) {
  if (error instanceof FolderLockedError) console.error(IN_USE)
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
