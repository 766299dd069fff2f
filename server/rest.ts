import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Logger } from 'pino'
import { createApp } from './api/app'
import type { Config } from './config'
import { openDocsAssets } from './docs-assets'
import { openServices, type Services } from './services'

/** The REST app on this process's services. */
export interface Rest extends Services {
  fetch(request: Request): Response | Promise<Response>
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
  const app = createApp(services.engine, {
    metrics: services.metrics,
    assets: openDocsAssets('public/docs-assets'),
    log: (err) => log.error({ err }, 'request failed'),
  })
  // Only here: a service worker answers its own page, and has no use for it.
  const compressed = new Hono().use(compress()).all('*', (c) => app.fetch(c.req.raw))
  return { ...services, fetch: (request) => compressed.fetch(request) }
}
