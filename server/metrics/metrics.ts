import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { ErrorCode } from '../../core/errors'
import type { Timings } from '../../core/ran'
import type { Metrics } from '../api/metrics'
import { VERSION } from '../api/version'

/** What one run of a tool came to. */
export interface RunEnd {
  /** The tool's id. */
  readonly operator: string
  readonly outcome: 'succeeded' | ErrorCode
  /** Where it succeeded. */
  readonly timings?: Timings
}

/** What is read when somebody asks. */
export interface Levels {
  tasks(): Promise<{ queued: number; running: number }>
  /** Calls that wait for a compute process. */
  waiting(): number
  /** Compute processes that are alive. */
  processes(): number
  /** Of requests that are answered at once. */
  heldBytes(): number
}

export interface ServerMetrics extends Metrics {
  ran(end: RunEnd): void
}

const HTTP_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const RUN_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120]

/** Counts of this process, each with what it means beside it. */
export function createMetrics(levels: Levels): ServerMetrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'darkroom_http_requests_total',
    help: 'Answered requests of the API, by method, route pattern and status',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const durations = new Histogram({
    name: 'darkroom_http_request_duration_seconds',
    help: 'From the arrival of a request to the head of its answer, uploads included',
    labelNames: ['method', 'route'],
    buckets: HTTP_SECONDS,
    registers,
  })
  const runs = new Counter({
    name: 'darkroom_runs_total',
    help: 'Ended runs of tools, one for each picture of a batch, by tool and by `succeeded` or the code of the error',
    labelNames: ['operator', 'outcome'],
    registers,
  })
  const processing = new Histogram({
    name: 'darkroom_processing_seconds',
    help: 'Reading, computing and writing one picture, without waiting for a process or a model; succeeded runs only',
    labelNames: ['operator'],
    buckets: RUN_SECONDS,
    registers,
  })
  const inference = new Histogram({
    name: 'darkroom_inference_seconds',
    help: 'Computing one picture alone: models and kernels, without decoding, loading a model or encoding',
    labelNames: ['operator'],
    buckets: RUN_SECONDS,
    registers,
  })
  addLevels(levels, registers)
  return {
    answered({ method, route, status, seconds }) {
      requests.inc({ method, route, status })
      durations.observe({ method, route }, seconds)
    },
    ran({ operator, outcome, timings }) {
      runs.inc({ operator, outcome })
      if (!timings) return
      const { decode, compute, encode } = timings
      processing.observe({ operator }, (decode + compute + encode) / 1000)
      inference.observe({ operator }, compute / 1000)
    },
    expose: () => registry.metrics(),
  }
}

/** Gauges are read only when they are asked for. One that cannot be read, as without a database, hides no other. */
function addLevels(levels: Levels, registers: Registry[]): void {
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await Promise.resolve(read()).catch(() => Number.NaN))
      },
    })
  const shared = 'of all processes that share the database'
  gauge('darkroom_queue_depth', `Tasks that wait, ${shared}`, async () => (await levels.tasks()).queued)
  gauge('darkroom_tasks_running', `Tasks in work, ${shared}`, async () => (await levels.tasks()).running)
  gauge('darkroom_calls_waiting', 'Calls that wait for a compute process here', levels.waiting)
  gauge('darkroom_compute_processes', 'Compute processes alive here', levels.processes)
  gauge('darkroom_held_bytes', 'Files of requests that are kept in memory until they are answered', levels.heldBytes)
  new Gauge({
    name: 'darkroom_build_info',
    help: '1, with the version that runs',
    labelNames: ['version', 'node'],
    registers,
  }).set({ version: VERSION, node: process.versions.node }, 1)
}
