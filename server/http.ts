import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'
import { type AllowedHosts, refuseOtherHosts } from './allowed-hosts'
import { isApiRequest } from './api/paths'

/** Answers one request of Node's HTTP server. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown

interface HttpOptions {
  readonly host: string
  readonly ports: readonly number[]
  readonly allowedHosts: AllowedHosts
  /** The REST app. */
  readonly fetch: (request: Request, env: HttpBindings) => Response | Promise<Response>
  /** Left out where there is only the REST app. */
  readonly pages?: NodeHandler
  /** Is told of failures that nobody else answered for. */
  readonly log: (error: unknown) => void
}

export interface HttpServer {
  /** The first port's address: `http://127.0.0.1:8080`. */
  readonly address: string
  /** Lets answers that have begun end for `graceMs`, then cuts connections. */
  close(graceMs: number): Promise<void>
}

const TIMEOUTS = {
  keepAliveTimeout: 65_000, // longer than the 60 s of common proxies, so they are the ones to close
  headersTimeout: 20_000,
  requestTimeout: 900_000, // for a whole upload over a slow line; answers may take as long as they like
}

/** Probes and Prometheus find processes by address, and cannot say a name. What is told there is nobody's, or needs a token. */
const PROBED = /^\/(?:health\/(?:live|ready)|metrics)$/

/** @throws Error with a sentence when a port is taken */
export async function serve({ host, ports, allowedHosts, fetch, pages, log }: HttpOptions): Promise<HttpServer> {
  const api = getRequestListener((request, env) => fetch(request, env as HttpBindings))
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const [path] = (request.url ?? '/').split('?') // not by URL, which throws for `//`
    if (!PROBED.test(path) && refuseOtherHosts(allowedHosts, request, response)) return
    const handle = !pages || isApiRequest(path, request.headers.accept) ? api : pages
    Promise.resolve(handle(request, response)).catch((error) => {
      log(error)
      response.destroy()
    })
  }
  const servers: Server[] = []
  try {
    for (const port of ports) servers.push(await listen(answer, host, port))
  } catch (error) {
    for (const server of servers) server.close()
    throw error
  }
  const { port } = servers[0].address() as AddressInfo
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    close: async (graceMs) => {
      await Promise.all(servers.map((server) => close(server, graceMs)))
    },
  }
}

function listen(answer: NodeHandler, host: string, port: number): Promise<Server> {
  const server = createServer(TIMEOUTS, answer)
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, host, port)))
    server.listen(port, host, () => resolve(server))
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Error(`Port ${port} is taken; set PORT or EXTRA_PORTS to a free one.`)
  if (error.code === 'EACCES') return new Error(`Port ${port} needs more rights; ports from 1024 up do not.`)
  return new Error(`HOST ${host} with port ${port} cannot be listened on: ${error.message}`)
}

function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
}
