import { firstKeySentence } from './access/first-key'
import { isAllowedHost, isLoopbackName, OTHER_HOST_STATUS, otherHostDetail } from './allowed-hosts'
import { readConfig } from './config'
import { createLog } from './log'
import { openRest } from './rest'

let isTold = false

/** Answers a REST request inside another server's process; the first one opens the database. */
export async function handle(request: Request): Promise<Response> {
  // That server chose where to listen, so only a HOST that is set says that nobody else can reach it.
  const config = readConfig({ ...process.env, HOST: process.env.HOST || '0.0.0.0' })
  const host = request.headers.get('host') ?? undefined
  if (!isAllowedHost(config.allowedHosts, host)) {
    return Response.json({ detail: otherHostDetail(host) }, { status: OTHER_HOST_STATUS })
  }
  const rest = await openRest(config, createLog(config.logLevel))
  if (rest.madeKey && !isTold) console.log(firstKeySentence(rest.madeKey))
  isTold = true
  // No sockets here: a HOST that is set says from where requests can come.
  return rest.fetch(request, isLoopbackName(config.host) ? { address: '127.0.0.1' } : {})
}
