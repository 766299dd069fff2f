import type { z } from 'zod'
import type { inpaint } from '../operators/inpaint/spec'
import type { Detection, DetectQuery } from '../server/api/contracts/detect'
import type { InpaintHealth, InpaintQuery, InpaintStats } from '../server/api/contracts/inpaint'
import type { AcceptedBatch, BatchTask } from '../server/api/contracts/inpaint-batch'
import type { Connection } from './connection'
import { DarkroomError } from './errors'
import { type FollowOptions, poll } from './follow'
import { type Fields, formOf, type Upload } from './form'

type Params = z.input<typeof inpaint.params>
type Batch = z.output<typeof BatchTask>

/** A picture without what was erased, and what the answer's headers say. */
export interface ErasedPicture {
  /** A PNG. */
  readonly image: Blob
  readonly seconds: number
  /** `1024x768` */
  readonly size: string
  /** Whether there was a watermark; undefined when a mask said what was to go. */
  readonly watermarkFound: boolean | undefined
  /** What filled it; undefined where nothing was. */
  readonly engine: string | undefined
}

interface Pictures {
  readonly images: readonly Upload[]
  /** For every picture that has none of its own. */
  readonly mask?: Upload
  /** Each called like its picture: `a.png` for `a.jpg`. */
  readonly masks?: readonly Upload[]
}

interface BatchOptions {
  /** Is sent a `WebhookBody` once, when the batch ends. */
  readonly callbackUrl?: string
  /** Signs what is sent there. */
  readonly callbackSecret?: string
  readonly signal?: AbortSignal
}

/** Watermarks and objects, erased. All calls need a key. */
export class Inpaint {
  readonly #connection: Connection

  constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * Erases what a mask covers, white on black, or a watermark that is looked for; answered at once, nothing is stored.
   *
   * @param files JPEG, PNG or WebP of at most 10 MB
   */
  async removeWatermark(
    { image, mask }: { readonly image: Upload; readonly mask?: Upload },
    query: z.input<typeof InpaintQuery> = {},
    signal?: AbortSignal,
  ): Promise<ErasedPicture> {
    const form = formOf({ image, mask })
    const answer = await this.#connection.response('api/v1/remove-watermark', { method: 'POST', form, query, signal })
    const { headers } = answer
    const found = headers.get('X-Watermark-Found')
    return {
      image: await answer.blob(),
      seconds: Number(headers.get('X-Processing-Time')),
      size: headers.get('X-Image-Size') ?? '',
      watermarkFound: found === null ? undefined : found === 'true',
      engine: headers.get('X-Engine') ?? undefined,
    }
  }

  /** Where the watermark is, with its mask as base64. */
  detect(
    image: Upload,
    query: z.input<typeof DetectQuery> = {},
    signal?: AbortSignal,
  ): Promise<z.output<typeof Detection>> {
    return this.#connection.json('api/v1/detect', { method: 'POST', form: formOf({ image }), query, signal })
  }

  /** Queues up to 50 pictures as one task. */
  submitBatch(
    { images, mask, masks }: Pictures,
    params: Params = {},
    { callbackUrl, callbackSecret, signal }: BatchOptions = {},
  ): Promise<z.output<typeof AcceptedBatch>> {
    const callback = { callback_url: callbackUrl, callback_secret: callbackSecret }
    const form = formOf({ images, mask, masks }, { ...(params as Fields), ...callback })
    return this.#connection.json('api/v1/batch', { method: 'POST', form, signal })
  }

  getBatch(taskId: string, signal?: AbortSignal): Promise<Batch> {
    return this.#connection.json(batchPath(taskId), { signal })
  }

  /** @throws DarkroomError failed when no picture could be done; an abort throws the signal's reason */
  async waitForBatch(taskId: string, options: FollowOptions = {}): Promise<Batch> {
    const batch = await poll(() => this.getBatch(taskId, options.signal), hasEnded, options)
    if (batch.status === 'failed') throw new DarkroomError('failed', batch.error ?? 'The batch failed')
    return batch
  }

  /** All pictures of a batch that has ended, as a ZIP. */
  archive(taskId: string, signal?: AbortSignal): Promise<Blob> {
    return this.#connection.blob(`${batchPath(taskId)}/files.zip`, { signal })
  }

  /** What the key was used for. */
  stats(): Promise<z.output<typeof InpaintStats>> {
    return this.#connection.json('api/v1/stats')
  }

  health(): Promise<z.output<typeof InpaintHealth>> {
    return this.#connection.json('api/v1/health')
  }
}

const batchPath = (taskId: string): string => `api/v1/batch/${encodeURIComponent(taskId)}`

const hasEnded = ({ status }: Batch): boolean => status === 'completed' || status === 'failed'
