import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * The REST app for Next's route handler, on hosts that run nothing but Next.
 *
 * The built server is loaded as it is: Next must not bundle native modules, a database and child processes.
 */
export async function handler(request: Request): Promise<Response> {
  const built = pathToFileURL(join(process.cwd(), '.build', 'server', 'host.js')).href
  const host: typeof import('./host') = await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ built)
  return host.handle(request)
}
