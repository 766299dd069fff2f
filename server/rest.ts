import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'
import type { Sender } from './access/sender'
import { createApp } from './api/app'
import { createWorkerApp } from './api/worker-app'
import type { Config } from './config'
import { databaseAway } from './db/database-away'
import { openDocsAssets } from './docs-assets'
import { openServices, type Services } from './services'

/** The REST app on this process's services. */
export interface Rest extends Services {
  /** @param env what the HTTP server knows of the sender */
  fetch(request: Request, env?: Partial<HttpBindings> & Sender): Response | Promise<Response>
}

const KEY = Symbol.for('darkroom.rest')
const shared = globalThis as { [KEY]?: Promise<Rest> }

/**
 * Opened once in a process, whoever asks first: the start command, or a route of a Next server. Modules are bundled
 * more than once, so the one place that all copies share is the global object.
 */
export function openRest(config: Config, log: Logger): Promise<Rest> {
  shared[KEY] ??= start(config, log).catch((error) => {
    shared[KEY] = undefined // the next request may find the database there
    throw error
  })
  return shared[KEY]
}

async function start(config: Config, log: Logger): Promise<Rest> {
  const services = await openServices(config, log)
  const { engine, metrics, gate, library } = services
  const failures = { log: (err: unknown) => log.error({ err }, 'request failed'), explain: databaseAway }
  const shared = { metrics, gate, ...failures }
  const app =
    config.role === 'worker'
      ? createWorkerApp(engine, shared)
      : createApp(engine, {
          ...shared,
          library,
          imageSide: config.imageSide,
          assets: openDocsAssets('public/docs-assets'),
        })
  // Only here: a service worker answers its own page, and has no use for it.
  const compressed = new Hono().use(compress()).all('*', (c) => app.fetch(c.req.raw, c.env))
  return { ...services, fetch: (request, env) => compressed.fetch(request, env) }
}
