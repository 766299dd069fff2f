import type { Context } from 'hono'
import type { z } from 'zod'
import { fieldError, unwrap } from '../../../core/errors'
import { readHeader } from '../../../core/image-header'
import { findWatermark } from '../../../operators/find-watermark/spec'
import { toBase64 } from '../base64'
import { Detection, DetectQuery } from '../contracts/detect'
import type { Computed, Engine } from '../engine'
import { formBody, withForm } from '../held-files'
import { defineRoute, type Route } from '../route'
import { checkHeaders, fileIn, inContract, limitsFor } from './inpaint'

/**
 * Where the watermark is. Answered at once, and nothing of it is stored.
 *
 * @param side longest that a picture may have, pixels
 */
export const detectRoute = (engine: Engine, side: number): Route =>
  defineRoute({
    method: 'post',
    path: '/api/v1/detect',
    access: 'metered',
    query: DetectQuery,
    operation: {
      id: 'detectWatermark',
      tag: 'Inpainting',
      summary: 'Find the watermark of a picture',
      description: `Send a JPEG, PNG or WebP of at most 10 MB and ${side} pixels a side as \`image\`. The answer says whether there is a watermark, where, and has its mask as base64; asked with \`Accept: image/png\` it is the mask itself, all black where nothing was found. \`/api/v1/remove-watermark\` takes the mask as it is. \`X-Watermark-Found\` says either way. Nothing is stored.`,
      body: formBody({ image: FILE }, ['image']),
      answers: { 200: { description: 'Where the watermark is', schema: Detection } },
      refusals: [400, 401, 413, 429, 503],
      shell: 'curl -H "X-API-Key: $KEY" -F image=@photo.jpg $HOST/api/v1/detect',
    },
    handle: async (c, { query }) => answer(c, await inContract(side, () => detect(c, query, engine, side))),
  })

const FILE = { type: 'string', format: 'binary' }

const detect = (c: Context, query: z.output<typeof DetectQuery>, engine: Engine, side: number): Promise<Computed> =>
  withForm(engine, c, limitsFor(engine), async (form) => {
    const image = fileIn(form, 'image')
    if (!image) throw fieldError('unreadable', 'image', 'the field "image" is missing; send a JPEG, PNG or WebP file')
    checkHeaders(image, undefined, side)
    const call = { tool: findWatermark.id, params: query, inputs: { image: image.bytes } }
    const [outcome] = await engine.compute([call], c.req.raw.signal)
    return unwrap(outcome)
  })

const MASK = 'mask.png'

function answer(c: Context, { data, files }: Computed): Response {
  const { watermarks_found, boxes, covered, notes } = findWatermark.result.parse(data)
  const mask = files.find(({ name }) => name === MASK)
  const size = mask && readHeader(mask.bytes)
  if (!mask || !size) throw new Error(`find-watermark made no ${MASK}`)
  const { width, height } = size
  const found = watermarks_found > 0
  const headers = { 'X-Watermark-Found': String(found), 'X-Image-Size': `${width}x${height}`, Vary: 'Accept' }
  if (wantsPicture(c)) return c.body(mask.bytes, 200, { ...headers, 'Content-Type': mask.type })
  const detection = { found, width, height, boxes, covered, mask: found ? toBase64(mask.bytes) : null, notes }
  return c.json(detection, 200, headers)
}

/** A client that takes anything is given JSON. */
function wantsPicture(c: Context): boolean {
  const accept = c.req.header('Accept') ?? ''
  return /\bimage\/(png|\*)/i.test(accept) && !/\bapplication\/json\b/i.test(accept)
}
