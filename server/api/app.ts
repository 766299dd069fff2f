import { Hono } from 'hono'
import { registry, type Tool } from '../../operators/registry'
import type { Assets } from './assets'
import { countRequests } from './count-requests'
import type { Engine } from './engine'
import { onError } from './http-error'
import type { Metrics } from './metrics'
import { mount, type Route } from './route'
import { docsRoutes } from './routes/docs'
import { faceRoutes } from './routes/faces'
import { fileRoutes } from './routes/files'
import { metricsRoute } from './routes/metrics'
import { modelRoutes } from './routes/models'
import { plateRoutes } from './routes/plates'
import { runToolRoutes } from './routes/run-tool'
import { serviceRoutes } from './routes/service'
import { settingsRoutes } from './routes/settings'
import { taskEventsRoute } from './routes/task-events'
import { taskRoutes } from './routes/tasks'
import { toolsRoute } from './routes/tools'
import { webhookRoutes } from './routes/webhooks'
import { sameOriginOnly, securityHeaders } from './security'

export interface AppOptions {
  /** The tools to offer; all of the registry unless told otherwise. */
  readonly tools?: readonly Tool[]
  /** Without it `/docs` and `/redoc` have no scripts. */
  readonly assets?: Assets
  /** Where requests are counted; without it nothing is. */
  readonly metrics?: Metrics
  /** Is told of failures that are our fault. */
  readonly log?: (error: unknown) => void
}

/** The REST app: a plain fetch handler that Node serves, Next mounts, the service worker calls and tests ask. */
export function createApp(
  engine: Engine,
  { tools = registry, assets = NONE, metrics, log = console.error }: AppOptions = {},
) {
  const app = new Hono({ strict: false })
  if (metrics) app.use(countRequests(metrics))
  app.use(securityHeaders, sameOriginOnly)
  app.onError(onError(log))
  app.notFound((c) => c.json({ detail: 'Not Found: /docs lists what there is' }, 404))
  const routes = apiRoutes(engine, tools, metrics)
  mount(app, [...routes, ...docsRoutes(routes, tools, assets)])
  return app
}

const NONE: Assets = { open: async () => undefined }

export const apiRoutes = (engine: Engine, tools: readonly Tool[], metrics?: Metrics): readonly Route[] => [
  ...runToolRoutes(engine, tools),
  ...taskRoutes(engine, tools),
  taskEventsRoute(engine, tools),
  ...settingsRoutes(engine, tools),
  ...webhookRoutes(engine),
  ...faceRoutes(engine),
  ...plateRoutes(engine),
  ...fileRoutes(engine),
  ...modelRoutes(engine),
  toolsRoute(tools),
  ...serviceRoutes(engine),
  metricsRoute(metrics),
]
