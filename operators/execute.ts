import type { PointCloud } from '../core/cloud'
import { drawCloud } from '../core/draw-cloud'
import { failure, fieldError, type Outcome, ToolError } from '../core/errors'
import {
  type Artefact,
  artefactFile,
  type Decoded,
  type Inputs,
  isEncoded,
  type RunResult,
  type Slot,
  type Spec,
} from '../core/operator'
import { alone, type Parallel } from '../core/parallel'
import { isPly, readPly } from '../core/ply'
import type { Codec, LoadAsset, LoadOpenCv, ModelRunner, PixelLimits, Sign } from '../core/ports'
import type { Checkpoint } from '../core/progress'
import type { Ran, Timings } from '../core/ran'
import type { Size } from '../core/raster'
import { notedModels } from './noted-models'
import { parseParams } from './params'
import { findTool } from './registry'

export interface Call {
  /** A tool's id, or its word in the contracts. */
  readonly tool: string
  /** The bytes of each input file, by slot. */
  readonly inputs: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
  readonly params: unknown
  /** Whether to make them as well. */
  readonly thumbnails?: boolean
}

/** What the two hosts do differently. */
export interface Platform {
  readonly place: Ran['place']
  readonly codec: Codec
  readonly models: ModelRunner
  readonly loadOpenCv: LoadOpenCv
  readonly loadAsset: LoadAsset
  readonly sign?: Sign
  readonly modelBatch?: number
  readonly limits: PixelLimits
  /** Splits a run over so many cores; left out where there is only the caller's. */
  parallel?(cores: number): Parallel
  /** Milliseconds of a clock that never goes back. */
  now(): number
  /** Is told of failures that are our fault. */
  log(error: unknown): void
}

export interface ResultFile {
  /** `matches.png`, `receipt.json` */
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export interface Executed {
  /** The contract's `result_data`. */
  readonly data: Record<string, unknown>
  readonly files: readonly ResultFile[]
  readonly kept?: unknown
  readonly sizes: Readonly<Record<string, Size>>
  /** As `inspect` makes them, where they were asked for. */
  readonly thumbnails?: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
  readonly ran: Ran
  readonly timings: Timings
}

export interface Inspected {
  readonly params: Record<string, unknown>
  readonly sizes: Readonly<Record<string, Size>>
  /** A PNG of at most 256×256 for each slot. */
  readonly thumbnails: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
}

const THUMBNAIL: Size = { width: 256, height: 256 }
const CLOUD = [150, 160, 176] as const

/**
 * Decodes, runs and encodes one call. Both workers go through it. Never throws: every failure is an outcome.
 *
 * @param cores that the run may use, this one among them
 */
export async function execute(
  call: Call,
  platform: Platform,
  checkpoint: Checkpoint,
  cores = 1,
): Promise<Outcome<Executed>> {
  try {
    const { spec, load } = findTool(call.tool)
    const params = parseParams(spec, call.params)
    const start = platform.now()
    const inputs = await decodeInputs(spec, call, platform)
    const decoded = platform.now()
    const operator = await load()
    await operator.check(inputs, params)
    const loadedBefore = platform.models.loadMs()
    const parallel = platform.parallel?.(cores) ?? alone
    const { models, note } = notedModels(platform.models)
    const result = await operator.run(inputs, params, {
      ...platform,
      models,
      sources: call.inputs,
      parallel,
      checkpoint,
    })
    const modelLoad = platform.models.loadMs() - loadedBefore
    const computed = platform.now()
    const files = await encodeArtefacts(result, platform.codec)
    return {
      ok: true,
      value: {
        data: result.data,
        files,
        kept: result.kept,
        sizes: sizesOf(inputs),
        thumbnails: call.thumbnails ? await thumbnails(inputs, platform.codec) : undefined,
        ran: { place: platform.place, backend: result.backend, note: note() },
        timings: {
          decode: decoded - start,
          modelLoad,
          compute: computed - decoded - modelLoad,
          encode: platform.now() - computed,
        },
      },
    }
  } catch (error) {
    return failure(error, platform.log)
  }
}

/** All that can be refused before a task is accepted: bad params, unreadable files, files that do not fit each other. */
export async function inspect(call: Call, platform: Platform): Promise<Outcome<Inspected>> {
  try {
    const { spec, load } = findTool(call.tool)
    const params = parseParams(spec, call.params)
    const inputs = await decodeInputs(spec, call, platform)
    const operator = await load()
    await operator.check(inputs, params)
    return { ok: true, value: { params, sizes: sizesOf(inputs), thumbnails: await thumbnails(inputs, platform.codec) } }
  } catch (error) {
    return failure(error, platform.log)
  }
}

type Files = Inputs<Spec>

/** All slots are tried, so that one answer names every file that is wrong. */
async function decodeInputs(spec: Spec, { inputs }: Call, { codec, limits }: Platform): Promise<Files> {
  const files: Record<string, Decoded> = {}
  const wrong: ToolError[] = []
  for (const slot of spec.inputs) {
    if (slot.optional && !inputs[slot.name]) continue
    try {
      files[slot.name] = await decodeSlot(slot, inputs[slot.name], codec, limits)
    } catch (error) {
      if (!(error instanceof ToolError)) throw error
      wrong.push(error)
    }
  }
  if (wrong.length === 0) return files
  const issues = wrong.flatMap((error) => error.issues)
  throw new ToolError(wrong[0].code, issues.map(({ message }) => message).join(' '), { issues })
}

async function decodeSlot(
  { name, kind, title }: Slot,
  bytes: Uint8Array<ArrayBuffer> | undefined,
  codec: Codec,
  limits: PixelLimits,
): Promise<Decoded> {
  if (!bytes) throw fieldError('invalid-input', name, `${title}: a file is required`, 'missing')
  try {
    return kind === 'cloud' || (kind === 'either' && isPly(bytes)) ? readPly(bytes) : await codec.decode(bytes, limits)
  } catch (error) {
    if (!(error instanceof ToolError)) throw error
    throw fieldError(error.code, name, `${title}: ${error.message}`, error.type, error.ctx)
  }
}

/** All at once: both hosts encode beside the thread that asks. */
async function encodeArtefacts({ artefacts }: RunResult<Spec>, codec: Codec): Promise<ResultFile[]> {
  const encode = async ([name, artefact]: [string, Artefact]): Promise<ResultFile> => ({
    name: artefactFile(name, artefact),
    ...(isEncoded(artefact) ? artefact : { type: 'image/png', bytes: await codec.encode(artefact, 'image/png') }),
  })
  return Promise.all(Object.entries<Artefact>(artefacts).map(encode))
}

async function thumbnails(inputs: Files, codec: Codec): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  const made: Record<string, Uint8Array<ArrayBuffer>> = {}
  for (const [slot, file] of Object.entries(inputs)) {
    const small = isCloud(file)
      ? drawCloud([{ ...file, color: CLOUD }], THUMBNAIL)
      : await codec.shrink(file, THUMBNAIL)
    made[slot] = await codec.encode(small, 'image/png')
  }
  return made
}

/** A cloud counts as a picture one point high. */
function sizesOf(inputs: Files): Record<string, Size> {
  const sizeOf = (file: Decoded): Size =>
    isCloud(file) ? { width: file.total, height: 1 } : { width: file.width, height: file.height }
  return Object.fromEntries(Object.entries(inputs).map(([slot, file]) => [slot, sizeOf(file)]))
}

const isCloud = (file: Decoded): file is PointCloud => 'positions' in file
