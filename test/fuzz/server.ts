import { readFileSync } from 'node:fs'
import { registry } from '../../operators/registry'
import { apiRoutes, createApp } from '../../server/api/app'
import type { Route } from '../../server/api/route'
import { readConfig } from '../../server/config'
import { createLog } from '../../server/log'
import { openServices } from '../../server/services'
import type { Sent } from './targets'

/** The real server without its socket: embedded database, files on disk, compute processes. */
export interface FuzzServer {
  readonly routes: readonly Route[]
  /** As the page of this machine would ask: nothing is refused for want of a key. */
  ask(sent: Sent): Promise<Response>
  /** What the log would say of failures that are ours. */
  readonly failures: unknown[]
  /** Error codes of tasks that ended badly since it was last asked. */
  failedTasks(): Promise<readonly { readonly tool: string; readonly code: string }[]>
  /** Ids of the compute processes that are alive. */
  processes(): number[]
  /** Most memory that this process and its largest compute process have held, MB. */
  peakMegabytes(): { readonly server: number; readonly child: number }
  close(): Promise<void>
}

const HERE = { host: '127.0.0.1:8080', 'sec-fetch-site': 'same-origin' }
const SETTINGS = {
  ...{ WORKERS: '1', LOG_LEVEL: 'silent', STOP_GRACE_SECONDS: '0', MODELS_FETCH: 'asked' },
  ...{ MAX_MEGAPIXELS: '4', MAX_FILE_MB: '2', MAX_UPLOAD_MB: '8', QUEUE_LIMIT: '1000000', RUN_TIMEOUT_SECONDS: '20' },
}

export async function openServer(dataDir: string): Promise<FuzzServer> {
  const config = readConfig({ ...SETTINGS, DATA_DIR: dataDir })
  const services = await openServices(config, createLog(config.logLevel))
  const { engine, gate, library, metrics } = services
  const options = { gate, library, metrics, imageSide: config.imageSide }
  const failures: unknown[] = []
  const app = createApp(engine, { ...options, log: (error) => failures.push(error) })
  const highest = { server: 0, child: 0 }
  const watch = setInterval(() => {
    highest.server = Math.max(highest.server, process.memoryUsage.rss() / 1e6)
    for (const id of childrenOf(process.pid)) highest.child = Math.max(highest.child, residentMegabytes(id))
  }, 250)
  const seen = new Set<string>()
  return {
    routes: apiRoutes(engine, registry, options),
    failures,
    ask: async ({ path, init }) => {
      const headers = new Headers(init.headers)
      for (const [name, value] of Object.entries(HERE)) if (!headers.has(name)) headers.set(name, value)
      return app.request(`http://127.0.0.1:8080${path}`, { ...init, headers }, { address: '127.0.0.1' })
    },
    async failedTasks() {
      const { tasks } = await engine.list({ offset: 0, limit: 200 }, null)
      const failed = tasks.flatMap((task) => (task.state === 'failed' && !seen.has(task.uid) ? [task] : []))
      for (const { uid } of failed) seen.add(uid)
      return failed.map(({ tool, code }) => ({ tool, code }))
    },
    processes: () => childrenOf(process.pid).filter((id) => commandOf(id).includes('compute')),
    peakMegabytes: () => ({ server: Math.round(highest.server), child: Math.round(highest.child) }),
    close: async () => {
      clearInterval(watch)
      await services.close()
    },
  }
}

/** Linux says; elsewhere nothing is known, and nothing checked. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const childrenOf = (id: number): number[] =>
  read(`/proc/${id}/task/${id}/children`).split(' ').filter(Boolean).map(Number)

const commandOf = (id: number): string => read(`/proc/${id}/cmdline`)

const residentMegabytes = (id: number): number =>
  Number(/VmHWM:\s+(\d+) kB/.exec(read(`/proc/${id}/status`))?.[1] ?? 0) / 1024
