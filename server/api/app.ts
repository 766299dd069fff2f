import { Hono } from 'hono'
import { registry, type Tool } from '../../operators/registry'
import type { Assets } from './assets'
import type { Engine } from './engine'

export interface AppOptions {
  /** The tools to offer; all of the registry unless told otherwise. */
  readonly tools?: readonly Tool[]
  /** Without it `/docs` and `/redoc` have no scripts. */
  readonly assets?: Assets
  /** Is told of failures that are our fault. */
  readonly log?: (error: unknown) => void
}

/** The REST app: a plain fetch handler that Node serves, Next mounts, the service worker calls and tests ask. */
export function createApp(engine: Engine, { tools = registry }: AppOptions = {}): Hono {
  const app = new Hono({ strict: false })
  app.get('/api/v1/tools', (c) => c.json({ tools: tools.map(({ spec }) => spec.id) }))
  app.get('/health/live', (c) => c.json({ status: 'ok', host: engine.host }))
  return app
}
