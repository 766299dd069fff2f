import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import * as z from 'zod'
import { type ErrorCode, fieldError, ToolError, unwrap } from '../../../core/errors'
import { readHeader } from '../../../core/image-header'
import { availableEngines, bestEngine } from '../../../operators/inpaint/engines/choose'
import { inpaint } from '../../../operators/inpaint/spec'
import { callerOf } from '../access/caller'
import type { Gate } from '../access/gate'
import { MISSING_KEY } from '../access/identify'
import {
  FORMATS,
  InpaintHealth,
  InpaintQuery,
  InpaintStats,
  MOST_BODY_BYTES,
  MOST_FILE_BYTES,
  TOO_LARGE_BODY,
  TOO_MANY_BYTES,
  tooManyPixels,
  toStats,
} from '../contracts/inpaint'
import type { Computed, Engine, HeldFile, UploadLimits } from '../engine'
import { filesIn, formBody, oneFileEach, withForm } from '../held-files'
import { defineRoute, type Route } from '../route'

export interface InpaintOptions {
  readonly gate?: Gate
  /** Longest side of a picture, pixels. */
  readonly side: number
  /** Whether `/api/v1/stats` is answered. */
  readonly hasStats: boolean
}

/** Answered at once, and nothing of it is stored. */
export const inpaintRoutes = (engine: Engine, options: InpaintOptions): readonly Route[] => [
  removeWatermark(engine, options),
  health(engine),
  stats(options),
]

const TAG = 'Inpainting'
const FILE = { type: 'string', format: 'binary' }
const OVERHEAD_BYTES = 64 * 1024 // what reading a form allows beside its files

function removeWatermark(engine: Engine, { side }: InpaintOptions): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/remove-watermark',
    access: 'metered',
    query: InpaintQuery,
    operation: {
      id: 'removeWatermark',
      tag: TAG,
      summary: 'Erase a watermark or an object',
      description: `Send a JPEG, PNG or WebP of at most 10 MB and ${side} pixels a side as \`image\`, and as \`mask\` what is to go: white is erased, black stays, gray blends. Without a mask the watermark is looked for; where none is found, \`X-Watermark-Found\` is \`false\` and the picture is unchanged.\n\nThe answer is a PNG. \`X-Processing-Time\` is in seconds, \`X-Image-Size\` is as \`1024x768\`. Every answer tells \`X-RateLimit-Limit\`, \`X-RateLimit-Remaining\` and \`X-RateLimit-Reset\`: how many requests may be sent at once after a pause, how many now, and at what second since 1970 there will be one more. A picture that was not delivered does not count against the quota. Nothing is stored.`,
      body: formBody({ image: FILE, mask: FILE }, ['image']),
      answers: { 200: { description: 'The picture', type: 'image/png', schema: z.file() } },
      refusals: [400, 401, 413, 429, 503],
      shell:
        'curl -H "X-API-Key: $KEY" -F image=@photo.jpg -F mask=@mask.png $HOST/api/v1/remove-watermark -o clean.png',
    },
    handle: async (c, { query }) => {
      const start = performance.now()
      const done = await inContract(side, () => erase(c, query, engine, side))
      return answer(c, done, (performance.now() - start) / 1000)
    },
  })
}

export const limitsFor = ({ limits: { upload } }: Engine): UploadLimits => ({
  ...upload,
  fileBytes: MOST_FILE_BYTES,
  cloudBytes: MOST_FILE_BYTES,
  totalBytes: MOST_BODY_BYTES - OVERHEAD_BYTES,
  files: 2,
})

const erase = (c: Context, query: Query, engine: Engine, side: number): Promise<Computed> =>
  withForm(engine, c, limitsFor(engine), async (form) => {
    const image = fileIn(form, 'image')
    const mask = fileIn(form, 'mask')
    if (!image) throw fieldError('unreadable', 'image', 'the field "image" is missing; send a JPEG, PNG or WebP file')
    checkHeaders(image, mask, side)
    const inputs = { image: image.bytes, ...(mask && { mask: mask.bytes }) }
    const call = { tool: inpaint.id, params: { ...query, format: 'png' }, inputs }
    const [outcome] = await engine.compute([call], c.req.raw.signal)
    return unwrap(outcome)
  })

type Query = z.output<typeof InpaintQuery>

/** @throws InvalidRequest when the field came as text or twice */
export function fileIn(form: Parameters<typeof filesIn>[0], name: string): HeldFile | undefined {
  return filesIn(form, name).length === 0 && !isText(form, name) ? undefined : oneFileEach(form, [name])[0]
}

const isText = ({ fields }: Parameters<typeof filesIn>[0], name: string): boolean =>
  fields.some(([field, value]) => field === name && value !== '')

/** Before anything is decoded. A file is what its first bytes say. */
export function checkHeaders(image: HeldFile, mask: HeldFile | undefined, side: number): void {
  const header = readHeader(image.bytes)
  if (!header || !TAKEN.includes(header.format)) throw fieldError('unreadable', 'image', notTaken(header?.format))
  if (Math.max(header.width, header.height) > side) throw fieldError('too-large', 'image', tooManyPixels(side))
  const shape = mask && readHeader(mask.bytes)
  if (mask && !shape) throw fieldError('unreadable', 'mask', notTaken(undefined))
}

const TAKEN: readonly string[] = FORMATS

const notTaken = (format: string | undefined): string =>
  `${format ? `the file is a ${format.toUpperCase()}` : 'the file is not a picture, or is cut short'}; JPEG, PNG and WebP are taken`

function answer(c: Context, { data, files: [file] }: Computed, seconds: number): Response {
  const { mask_source, engine } = data
  const size = readHeader(file.bytes)
  return c.body(file.bytes, 200, {
    'Content-Type': file.type,
    'X-Processing-Time': seconds.toFixed(3),
    'X-Image-Size': `${size?.width}x${size?.height}`,
    ...(mask_source !== 'given' && { 'X-Watermark-Found': String(mask_source === 'found') }),
    ...(typeof engine === 'string' && { 'X-Engine': engine }),
  })
}

/** Says of every failure what the contract's table says. */
export async function inContract<T>(side: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof ToolError ? (refusalOf(error, side) ?? error) : error
  }
}

const FAILED: readonly ErrorCode[] = ['internal', 'timeout']

function refusalOf({ code, message, issues }: ToolError, side: number): HTTPException | ToolError | undefined {
  const field = issues[0]?.path[0]
  if (code === 'too-large' && field === undefined) return refusal(413, TOO_LARGE_BODY)
  if (FAILED.includes(code)) return refusal(500, `Processing failed: ${message}`)
  if (code === 'forbidden') return new ToolError('unavailable', message) // a licence that nobody here has accepted
  if (field === 'mask') return refusal(400, `Invalid mask format: ${withoutField(message)}`)
  if (field !== 'image') return undefined
  if (code !== 'too-large') return refusal(400, `Invalid image format: ${withoutField(message)}`)
  return refusal(400, issues[0].type === 'file_too_large' ? TOO_MANY_BYTES : tooManyPixels(side))
}

/** The contract's sentences begin with what is wrong themselves. */
const withoutField = (message: string): string => message.replace(/^(?:image|mask): /, '')

const refusal = (status: 400 | 413 | 500, message: string) => new HTTPException(status, { message })

/** The contract asks nobody for a key here. */
function health(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/health',
    access: 'public',
    operation: {
      id: 'getInpaintHealth',
      tag: TAG,
      summary: 'Whether pictures can be taken, and what fills them by default',
      answers: { 200: { description: 'They can', schema: InpaintHealth } },
      refusals: [503],
      shell: 'curl $HOST/api/v1/health',
    },
    handle: async (c) => {
      const { ready } = await engine.health()
      if (!ready) throw new ToolError('unavailable', 'The service is temporarily unavailable; /health/ready says why')
      const { device } = engine.describe()
      const gpu = device === 'cuda' || device === 'webgpu'
      const model = await defaultEngine(engine)
      return c.json({ status: 'healthy', model, device: device === 'cuda' ? 'cuda' : 'cpu', gpu_available: gpu })
    },
  })
}

/** What `auto` takes for whole objects. */
async function defaultEngine({ models }: Engine): Promise<string> {
  const has = async (id: string) => {
    const held = await models.find(id)
    return held?.state.state === 'installed' && held.accepted
  }
  return bestEngine(await availableEngines({ has }))
}

function stats({ gate, hasStats }: InpaintOptions): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/stats',
    operation: {
      id: 'getStats',
      tag: TAG,
      summary: 'What a key was used for',
      description:
        'Of the key that is sent, since it was made. Requests that were refused for their key or for a limit are not among them.',
      answers: { 200: { description: 'The counts', schema: InpaintStats } },
      refusals: [401, 404, 429, 503],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/stats',
    },
    handle: async (c) => {
      if (!hasStats) throw new ToolError('not-found', 'Metrics disabled')
      if (!gate) throw new ToolError('unavailable', 'Only a server keeps statistics')
      const caller = callerOf(c)
      if (caller.kind !== 'key') throw new HTTPException(401, { message: MISSING_KEY })
      return c.json(toStats(await gate.accounts.totals(caller.holder.keyId)))
    },
  })
}
