import { readConfig } from './config'
import { createLog } from './log'
import { openRest } from './rest'

/** Answers a REST request inside another server's process; the first one opens the database. */
export async function handle(request: Request): Promise<Response> {
  const config = readConfig(process.env)
  const rest = await openRest(config, createLog(config.logLevel))
  return rest.fetch(request)
}
