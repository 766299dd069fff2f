import * as Comlink from 'comlink'
import type { PointCloud } from '../core/cloud'
import { drawCloud } from '../core/draw-cloud'
import { failure, type Issue, type Outcome, ToolError } from '../core/errors'
import { isPly, readPly } from '../core/ply'
import { createCheckpoint, type Progress } from '../core/progress'
import type { Raster } from '../core/raster'
import { modelsFor } from '../models/manifest'
import { type Call, type Executed, execute, type Inspected, inspect, type Platform } from '../operators/execute'
import { findTool } from '../operators/registry'
import { measureCapabilities } from './capabilities'
import type { deviceModels } from './models/device-models'
import { transferables } from './transferables'

/** A call whose files are still on disk: handles cross to the worker, and only there they are read. */
export interface HostCall {
  readonly tool: string
  readonly files: Readonly<Record<string, Blob>>
  readonly params: unknown
}

/** Models that can be told where to report that they are loaded, and what stops that. */
type LoadableModels = Pick<typeof deviceModels, 'during'>

interface HostOptions {
  readonly models?: LoadableModels
  /** Opens a model ahead of its first run, if that takes no download. */
  warmModel?(id: string): Promise<void>
}

/** What the page calls in the worker: one job at a time, and cancel for that job. */
export function createHost(platform: Platform, { models, warmModel }: HostOptions = {}) {
  let current: AbortController | undefined

  /** Results are moved out, not copied. */
  async function job<T>(call: HostCall, work: (call: Call, signal: AbortSignal) => Promise<Outcome<T>>) {
    if (current) return failure(new ToolError('busy', 'The worker is at work on another run'))
    current = new AbortController()
    try {
      const outcome = await work({ ...call, inputs: await readFiles(call.files) }, current.signal)
      return Comlink.transfer(outcome, transferables(outcome))
    } catch (error) {
      return failure(error, platform.log)
    } finally {
      current = undefined
    }
  }

  return {
    /** @param cores that the run may use: the worker's own, and those of workers that it starts */
    run: (call: HostCall, report: (progress: Progress) => void, cores = 1): Promise<Outcome<Executed>> =>
      job(call, (read, signal) => {
        const onProgress = (done: number, total: number) => report({ done, total, phase: 'loading-model' })
        const loading = models ? { ...platform, models: models.during({ signal, onProgress }) } : platform
        return execute(read, loading, checkpointOf(signal, report, platform), cores)
      }),
    inspect: (call: HostCall): Promise<Outcome<Inspected>> => job(call, (read) => inspect(read, platform)),
    /** A picture as a PNG, for a file that the browser cannot draw itself: TIFF in most, and point clouds. */
    preview: (file: Blob): Promise<Outcome<Uint8Array<ArrayBuffer>>> =>
      job({ tool: '', files: { file }, params: {} }, async ({ inputs }) => {
        const raster = await drawn(inputs.file, platform)
        return { ok: true, value: await platform.codec.encode(raster, 'image/png') }
      }),
    /** The points of a PLY file; evenly chosen ones when it has more than `most`. */
    cloud: (file: Blob, most: number): Promise<Outcome<PointCloud>> =>
      job({ tool: '', files: { file }, params: {} }, async ({ inputs }) => ({
        ok: true,
        value: readPly(inputs.file, most),
      })),
    cancel: () => current?.abort(),
    /** Loads a tool's code ahead of its first run, and the model that most of its runs need. */
    warm: async (tool: string) => {
      const { spec, load } = findTool(tool)
      await load()
      const [task] = spec.models ?? []
      const [model] = task ? modelsFor(task) : []
      if (model) await warmModel?.(model.id)
    },
    measure: measureCapabilities,
  }
}
export type WorkerHost = ReturnType<typeof createHost>

function checkpointOf(signal: AbortSignal, report: (progress: Progress) => void, { now }: Platform) {
  return createCheckpoint({ signal, report, now, yield: () => new Promise((resolve) => setTimeout(resolve)) })
}

const PREVIEW = { width: 480, height: 360 }
const PREVIEW_POINTS = 100_000
const CLOUD = [150, 160, 176] as const

async function drawn(file: Uint8Array<ArrayBuffer>, { codec, limits }: Platform): Promise<Raster> {
  if (!isPly(file)) return codec.decode(file, limits)
  return drawCloud([{ ...readPly(file, PREVIEW_POINTS), color: CLOUD }], PREVIEW)
}

/** All are tried, so that one answer names every file that cannot be read. */
async function readFiles(files: HostCall['files']): Promise<Call['inputs']> {
  const inputs: Record<string, Uint8Array<ArrayBuffer>> = {}
  const issues: Issue[] = []
  for (const [slot, file] of Object.entries(files)) {
    try {
      inputs[slot] = new Uint8Array(await file.arrayBuffer())
    } catch {
      const message = 'The file was moved or changed since it was chosen; choose it again'
      issues.push({ path: [slot], type: 'value_error', message })
    }
  }
  if (issues.length === 0) return inputs
  throw new ToolError('unreadable', issues.map(({ message }) => message).join(' '), { issues })
}
