import { Hono } from 'hono'
import { registry, type Tool } from '../../operators/registry'
import type { Gate } from './access/gate'
import type { Assets } from './assets'
import { countRequests } from './count-requests'
import type { Engine } from './engine'
import { type Explain, onError } from './http-error'
import { inpaintErrors } from './inpaint-errors'
import type { Library } from './library'
import type { Metrics } from './metrics'
import { inFamily, mount, type Route } from './route'
import { copiesRoutes } from './routes/copies'
import { detectRoute } from './routes/detect'
import { docsRoutes } from './routes/docs'
import { faceRoutes } from './routes/faces'
import { fileRoutes } from './routes/files'
import { inpaintRoutes } from './routes/inpaint'
import { inpaintBatchRoutes } from './routes/inpaint-batch'
import { keyRoutes } from './routes/keys'
import { metricsRoute } from './routes/metrics'
import { modelRoutes } from './routes/models'
import { plateRoutes } from './routes/plates'
import { runToolRoutes } from './routes/run-tool'
import { serviceRoutes } from './routes/service'
import { sessionRoutes } from './routes/session'
import { settingsRoutes } from './routes/settings'
import { taskEventsRoute } from './routes/task-events'
import { taskRoutes } from './routes/tasks'
import { toolsRoute } from './routes/tools'
import { usageRoute } from './routes/usage'
import { userRoutes } from './routes/users'
import { webhookRoutes } from './routes/webhooks'
import { sameOriginOnly, securityHeaders } from './security'

export interface AppOptions {
  /** The tools to offer; all of the registry unless told otherwise. */
  readonly tools?: readonly Tool[]
  /** Without it `/docs` and `/redoc` have no scripts. */
  readonly assets?: Assets
  /** Where requests are counted; without it nothing is. */
  readonly metrics?: Metrics
  /** Who may ask for what; without it everybody for everything, as on a device. */
  readonly gate?: Gate
  /** Where pictures are kept to find copies among them; without it that family has no routes. */
  readonly library?: Library
  /** Longest side of a picture of the inpainting family, pixels. */
  readonly imageSide?: number
  /** Is told of failures that are our fault. */
  readonly log?: (error: unknown) => void
  /** Knows the failures of this host's own parts. */
  readonly explain?: Explain
}

/** The REST app: a plain fetch handler that Node serves, Next mounts, the service worker calls and tests ask. */
export function createApp(engine: Engine, options: AppOptions = {}) {
  const { tools = registry, assets = NONE, metrics, gate, log = console.error, explain } = options
  const app = new Hono({ strict: false })
  const routes = apiRoutes(engine, tools, options)
  if (metrics) app.use(countRequests(metrics))
  app.use(securityHeaders, inpaintErrors(routes), sameOriginOnly)
  app.onError(onError(log, explain))
  app.notFound((c) => c.json({ detail: 'Not Found: /docs lists what there is' }, 404))
  mount(app, [...routes, ...docsRoutes(routes, tools, assets)], gate)
  return app
}

const NONE: Assets = { open: async () => undefined }

type RouteOptions = Pick<AppOptions, 'metrics' | 'gate' | 'library' | 'imageSide'>

/** The contract's own. */
const IMAGE_SIDE = 4096

export const apiRoutes = (
  engine: Engine,
  tools: readonly Tool[],
  { metrics, gate, library, imageSide = IMAGE_SIDE }: RouteOptions = {},
): readonly Route[] => [
  ...inFamily('matching', [
    ...runToolRoutes(engine, tools),
    ...taskRoutes(engine, tools),
    taskEventsRoute(engine, tools),
    ...settingsRoutes(engine, tools),
    ...webhookRoutes(engine),
    ...fileRoutes(engine),
    toolsRoute(tools),
  ]),
  ...inFamily('faces', faceRoutes(engine)),
  ...inFamily('plates', plateRoutes(engine)),
  ...inFamily('inpaint', [
    ...inpaintRoutes(engine, { gate, side: imageSide, hasStats: metrics !== undefined }),
    ...inpaintBatchRoutes(engine),
    detectRoute(engine, imageSide),
  ]),
  ...inFamily('copies', copiesRoutes(engine, library)),
  ...inFamily('access', [...keyRoutes(gate), ...userRoutes(gate), usageRoute(gate), ...sessionRoutes(gate)]),
  ...modelRoutes(engine),
  ...serviceRoutes(engine),
  metricsRoute(metrics, gate),
]
