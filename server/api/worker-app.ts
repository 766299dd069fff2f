import { Hono } from 'hono'
import type { Gate } from './access/gate'
import type { Engine } from './engine'
import { type Explain, onError } from './http-error'
import type { Metrics } from './metrics'
import { mount } from './route'
import { metricsRoute } from './routes/metrics'
import { healthRoutes } from './routes/service'
import { securityHeaders } from './security'

interface WorkerAppOptions {
  /** Without it `/metrics` is a 404. */
  readonly metrics?: Metrics
  readonly gate?: Gate
  readonly log?: (error: unknown) => void
  readonly explain?: Explain
}

/** What a process that only runs tasks answers: whether it works, and its counts. Users ask an API. */
export function createWorkerApp(
  engine: Engine,
  { metrics, gate, log = console.error, explain }: WorkerAppOptions = {},
) {
  const app = new Hono({ strict: false })
  app.use(securityHeaders)
  app.onError(onError(log, explain))
  app.notFound((c) => c.json({ detail: 'Not Found: this process runs tasks; ask one that answers requests' }, 404))
  mount(app, [...healthRoutes(engine), metricsRoute(metrics, gate)], gate)
  return app
}
