import { isAllowedHost, OTHER_HOST_STATUS, otherHostDetail } from './allowed-hosts'
import { readConfig } from './config'
import { createLog } from './log'
import { openRest } from './rest'

/** Answers a REST request inside another server's process; the first one opens the database. */
export async function handle(request: Request): Promise<Response> {
  // That server chose where to listen, so only a HOST that is set says that nobody else can reach it.
  const config = readConfig({ ...process.env, HOST: process.env.HOST || '0.0.0.0' })
  const host = request.headers.get('host') ?? undefined
  if (!isAllowedHost(config.allowedHosts, host)) {
    return Response.json({ detail: otherHostDetail(host) }, { status: OTHER_HOST_STATUS })
  }
  const rest = await openRest(config, createLog(config.logLevel))
  return rest.fetch(request)
}
