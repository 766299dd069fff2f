import * as Comlink from 'comlink'
import type { PointCloud } from '../core/cloud'
import { unwrap } from '../core/errors'
import type { Cost, Spec } from '../core/operator'
import type { Progress } from '../core/progress'
import type { Ran, Timings } from '../core/ran'
import type { Size } from '../core/raster'
import { type Capabilities, type Decision, decide, type Mode } from '../core/routing'
import { deviceCapabilities } from './device-capabilities'
import { fileSizes } from './file-sizes'
import { pagePool } from './page-pool'
import type { WorkerPool } from './pool'
import { costOf } from './run-cost'
import { createServerProbe } from './server-reachable'
import { Traffic } from './traffic'

export interface RunRequest {
  readonly spec: Spec
  /** By slot. */
  readonly files: Readonly<Record<string, File>>
  readonly params: Record<string, unknown>
  readonly mode: Mode
  /** How many runs with these settings belong together. */
  readonly batch: number
  readonly signal: AbortSignal
  onProgress(progress: RunProgress): void
}

export interface RunProgress {
  /** `loading-model` counts bytes. */
  readonly phase: 'waiting' | 'uploading' | 'loading-model' | 'running' | 'downloading'
  readonly done: number
  readonly total: number
  readonly place: 'device' | 'server'
}

export interface RunOutcome {
  readonly decision: Decision
  readonly data: Record<string, unknown>
  readonly files: readonly { readonly name: string; readonly type: string; readonly blob: Blob }[]
  readonly kept?: unknown
  readonly sizes: Readonly<Record<string, Size>>
  readonly ran: Ran
  readonly timings: Timings
}

type Question = Pick<RunRequest, 'spec' | 'files' | 'params' | 'mode' | 'batch'>

export interface Runner {
  /** @throws ToolError with the fields that are wrong; canceled when `signal` aborts */
  run(request: RunRequest): Promise<RunOutcome>
  /** A picture as a PNG, for a file that the browser cannot draw itself. @throws ToolError unreadable, or too-large */
  preview(file: File): Promise<Blob>
  /** The points of a PLY file; evenly chosen ones when it has more than `most`. @throws ToolError unreadable */
  cloud(file: File, most: number): Promise<PointCloud>
  /** Loads a worker and the tool's code, and measures the device, while the user looks. */
  warm(spec: Spec): void
  /** Measured once, remembered. */
  capabilities(): Promise<Capabilities>
  /** Where this would run, and why. @throws ToolError unavailable when the chosen server cannot be used */
  decide(question: Question): Promise<Decision>
  readonly traffic: Pick<Traffic, 'imageBytesSent' | 'subscribe'>
  dispose(): void
}

/** The page's way to run tools, on the device or on the server. Pictures are decoded in workers only. */
export function createRunner(pool: WorkerPool = pagePool()): Runner {
  const traffic = new Traffic()
  const isServerReachable = createServerProbe()
  let measured: Promise<Capabilities> | undefined
  const capabilities = () => {
    measured ??= deviceCapabilities(pool)
    measured.catch(() => {
      measured = undefined // ask again next time
    })
    return measured
  }

  async function place(question: Question): Promise<{ decision: Decision; cost: Cost }> {
    const cost = await costOf(question)
    return { cost, decision: await choose(question, cost, await capabilities(), isServerReachable) }
  }

  return {
    async run(request) {
      const { decision, cost } = await place(request)
      const outcome =
        decision.place === 'device'
          ? await runOnDevice(pool, request, cost.bytes)
          : await runOnServer(request, (bytes) => traffic.add(bytes))
      return { decision, ...outcome }
    },
    preview: async (file) => {
      const png = unwrap(await pool.use(async (host) => await host.preview(file), { signal: NEVER, bytes: file.size }))
      return new Blob([png], { type: 'image/png' })
    },
    cloud: async (file, most) =>
      unwrap(await pool.use(async (host) => await host.cloud(file, most), { signal: NEVER, bytes: file.size })),
    warm: (spec) => {
      // The run itself will say what is wrong.
      pool.use((host) => host.warm(spec.id), { signal: NEVER, usesModels: usesModels(spec) }).catch(() => {})
      capabilities().catch(() => {})
    },
    capabilities,
    decide: async (question) => (await place(question)).decision,
    traffic,
    dispose: () => pool.dispose(),
  }
}

const NEVER = new AbortController().signal
const usesModels = ({ models = [] }: Spec): boolean => models.length > 0

/** The server is asked whether it is there only when that matters. */
async function choose(
  { spec, mode, files, batch }: Question,
  cost: Cost,
  capabilities: Capabilities,
  isServerReachable: () => Promise<boolean>,
): Promise<Decision> {
  const uploadBytes = Object.values(files).reduce((sum, { size }) => sum + size, 0) * batch
  const input = { mode, home: spec.home, cost, batch, uploadBytes, capabilities, online: navigator.onLine }
  const hoped = decide({ ...input, serverReachable: true })
  if (hoped.place === 'device') return hoped
  return decide({ ...input, serverReachable: await isServerReachable() })
}

/** Its code is loaded when first needed: most visits never send anything. */
async function runOnServer(request: RunRequest, onSent: (imageBytes: number) => void) {
  const [client, sizes] = await Promise.all([import('./server-client'), fileSizes(request.files)])
  return client.runOnServer(request, sizes, onSent)
}

async function runOnDevice(
  pool: WorkerPool,
  request: RunRequest,
  bytes: number,
): Promise<Omit<RunOutcome, 'decision'>> {
  const { spec, files, params, signal, onProgress } = request
  const report = (phase: RunProgress['phase'], done = 0, total = 1) =>
    onProgress({ phase, done, total, place: 'device' })
  report('waiting')
  const progress = Comlink.proxy(({ phase, done, total }: Progress) => report(phase ?? 'running', done, total))
  const outcome = await pool.use(
    async (host, cores) => {
      report('running')
      return await host.run({ tool: spec.id, files, params }, progress, cores)
    },
    { signal, bytes, usesModels: usesModels(spec) },
  )
  const { files: made, ...rest } = unwrap(outcome)
  return { ...rest, files: made.map(({ name, type, bytes }) => ({ name, type, blob: new Blob([bytes], { type }) })) }
}
