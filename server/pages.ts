import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { NodeHandler } from './http'

/** The page, served by Next in this process; where it has not been built, a sentence that says so. */
export async function openPages(folder: string): Promise<NodeHandler> {
  if (!existsSync(join(folder, '.next', 'BUILD_ID'))) return notBuilt
  const { default: next } = await import('next') // a worker needs none of it
  const app = next({ dev: false, dir: folder })
  await app.prepare()
  return app.getRequestHandler()
}

const notBuilt: NodeHandler = (_request, response) => {
  response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' })
  response.end('The page is not built: run "npm run build". The API is described under /docs.\n')
}
