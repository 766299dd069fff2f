import type { Context } from 'hono'
import * as z from 'zod'
import { type Issue, ToolError } from '../../../core/errors'
import { toIssues } from '../../../core/issues'
import { inpaint } from '../../../operators/inpaint/spec'
import { ownerOf } from '../access/caller'
import { chargePictures } from '../access/metering'
import { visibleTo } from '../access/visible'
import {
  AcceptedBatch,
  BatchTask,
  IMAGES,
  isBatch,
  MASK,
  MASKS,
  toAccepted,
  toBatchTask,
} from '../contracts/inpaint-batch'
import { NewWebhook } from '../contracts/new-webhook'
import type { Draft, DraftInput, Engine, Received, ReceivedFile, UploadLimits } from '../engine'
import { isStoredName, storedNames } from '../file-names'
import { matchMasks } from '../mask-files'
import { presetsOf } from '../presets'
import { InvalidRequest, sentIn } from '../request'
import { defineRoute, type Route } from '../route'
import { sendFile } from '../send-file'
import { hasEnded, type Task, TaskId } from '../task'
import { readToolForm } from '../tool-form'
import { tooMany } from '../upload-refusals'
import { type ZipEntry, zipStream } from '../zip-stream'
import { storedFileHeaders } from './files'

const TAG = 'Inpainting'

/** Many pictures in one request, one task for all of them. */
export const inpaintBatchRoutes = (engine: Engine): readonly Route[] => [
  erase(engine),
  status(engine),
  file(engine),
  archive(engine),
]

function erase(engine: Engine): Route {
  const most = engine.limits.batchFiles
  return defineRoute({
    method: 'post',
    path: '/api/v1/batch',
    access: 'metered',
    operation: {
      id: 'eraseBatch',
      tag: TAG,
      summary: 'Erase watermarks or objects of many pictures',
      description: `Send up to ${most} files in \`${IMAGES}\`, and what is to go as one \`${MASK}\` for all of them, or as \`${MASKS}\` that are called like their pictures (\`a.png\` for \`a.jpg\`); white is erased, black stays, gray blends. Of three or more pictures without a mask, a mark that they share is estimated, taken out by its opacity, and only what cannot be recovered is filled. Any other picture without a mask has its watermark looked for.\n\nThe answer comes at once; read \`status_url\` until \`status\` is \`completed\`, or give a \`callback_url\`: it is told once, as a webhook is, and \`callback_secret\` signs it. A picture that cannot be read is listed with its error, and the others are done. Each picture counts against the quota. Pictures and results are kept until the task expires; \`/api/v1/remove-watermark\` stores nothing.`,
      body: formBody(most),
      answers: { 202: { description: 'The task', schema: AcceptedBatch } },
      refusals: [400, 401, 413, 429, 503],
      shell:
        'curl -H "X-API-Key: $KEY" -F images=@one.jpg -F images=@two.jpg -F mask=@mask.png -F callback_url=https://example.org/hook $HOST/api/v1/batch',
    },
    handle: async (c) => {
      const received = await receive(engine, c.req.raw)
      try {
        const draft = readForm(received, most, await presetsOf(inpaint, engine.settings))
        await chargePictures(c, imagesOf(received).length - 1)
        const task = await engine.submit({ ...draft, owner: ownerOf(c) })
        const accepted = toAccepted(task)
        return c.json(accepted, 202, { Location: accepted.status_url })
      } finally {
        await received.discard()
      }
    },
  })
}

async function receive(engine: Engine, request: Request): Promise<Received> {
  const isForm = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')
  if (!isForm) throw new InvalidRequest(sentIn('body', [missingImages]))
  return engine.receive(request, limitsOf(engine))
}

/** A mask for each picture, and one for all. */
const limitsOf = ({ limits }: Engine): UploadLimits => ({
  ...limits.upload,
  files: 2 * limits.batchFiles + 1,
  filesTold: limits.batchFiles,
})

const missingImages: Issue = { path: [IMAGES], type: 'missing', message: 'Field required' }

/** Browsers send a field with nothing chosen as an empty file without a name. */
const isChosen = ({ name, size }: ReceivedFile): boolean => name !== '' || size > 0
const imagesOf = ({ files }: Received) => files.filter((one) => one.field === IMAGES && isChosen(one))

/** @throws InvalidRequest that names every wrong field at once */
function readForm(received: Received, most: number, presets: Readonly<Record<string, unknown>>): Omit<Draft, 'owner'> {
  const images = imagesOf(received)
  if (images.length > most) throw tooMany(`${most} pictures`)
  if (images.length === 0) throw new InvalidRequest(sentIn('body', [missingImages]))
  const own = received.files.filter((one) => one.field === MASKS && isChosen(one))
  const matched = matchMasks(images, own, MASKS)
  const { callback, fields, issues } = readCallback(received.fields)
  const wrong = [...matched.issues, ...issues]
  // The parameters and the mask of all are read as the tool reads them, for one of the pictures.
  const others = received.files.filter(({ field }) => field !== IMAGES && field !== MASKS)
  const form = readWith(wrong, { files: [{ ...images[0], field: 'image' }, ...others], fields }, presets)
  const shared = form.inputs.find(({ slot }) => slot === MASK)?.file
  return { ...form, inputs: inputsOf(images, matched.masks, shared), ...(callback && { callback }) }
}

type Form = Parameters<typeof readToolForm>[1]

/** @param wrong what else is wrong, told together with what the tool's form says */
function readWith(wrong: readonly Issue[], sent: Form, presets: Readonly<Record<string, unknown>>) {
  const before = sentIn('body', wrong)
  try {
    const form = readToolForm(inpaint, sent, presets)
    if (before.length > 0) throw new InvalidRequest([])
    return form
  } catch (error) {
    throw error instanceof InvalidRequest ? new InvalidRequest([...before, ...error.issues]) : error
  }
}

const CALLBACK = { callback_url: 'url', callback_secret: 'secret' } as const

/** Whom to tell when the task ends, by the rules that hold for webhooks. */
function readCallback(fields: Received['fields']): {
  readonly callback?: Draft['callback']
  readonly fields: Received['fields']
  readonly issues: readonly Issue[]
} {
  const isCallback = ([name]: readonly [string, string]) => Object.hasOwn(CALLBACK, name)
  const rest = fields.filter((field) => !isCallback(field))
  const sent = Object.fromEntries(fields.filter((field) => isCallback(field) && field[1] !== ''))
  if (Object.keys(sent).length === 0) return { fields: rest, issues: [] }
  const values = { url: sent.callback_url, secret: sent.callback_secret }
  const parsed = NewWebhook.safeParse(values)
  if (!parsed.success) {
    const issues = toIssues(parsed.error, values, NewWebhook)
    return { fields: rest, issues: issues.map((one) => ({ ...one, path: [`callback_${String(one.path[0])}`] })) }
  }
  const { url, secret } = parsed.data
  return { callback: { url, secret: secret ?? null }, fields: rest, issues: [] }
}

function inputsOf(
  images: readonly ReceivedFile[],
  masks: readonly (ReceivedFile | undefined)[],
  shared: ReceivedFile | undefined,
): DraftInput[] {
  const inputs = images.flatMap((image, item) => {
    const mask = masks[item]
    return [{ slot: 'image', file: image, item }, ...(mask ? [{ slot: MASK, file: mask, item }] : [])]
  })
  const all = shared ? [...inputs, { slot: MASK, file: shared }] : inputs
  const names = storedNames(all.map(({ file }) => file.name))
  return all.map((input, i) => ({ ...input, name: names[i] }))
}

const FILE = { type: 'string', format: 'binary' }

function formBody(most: number): Record<string, unknown> {
  const { properties } = z.toJSONSchema(inpaint.params, { io: 'input' })
  const schema = {
    type: 'object',
    properties: {
      [IMAGES]: { type: 'array', items: FILE, minItems: 1, maxItems: most },
      [MASK]: { ...FILE, description: 'For every picture that has none of its own' },
      [MASKS]: { type: 'array', items: FILE, maxItems: most, description: 'Each called like its picture' },
      callback_url: { type: 'string', format: 'uri', description: 'Is sent a `WebhookBody` when the task ends' },
      callback_secret: { type: 'string', description: 'Signs what is sent there; never shown again' },
      ...properties,
    },
    required: [IMAGES],
    additionalProperties: false,
  }
  return { required: true, content: { 'multipart/form-data': { schema } } }
}

const OneTask = z.object({ task_id: TaskId.meta({ description: 'As the POST answered it' }) })
type OneTask = z.output<typeof OneTask>

const notFound = () => new ToolError('not-found', 'Task not found')

async function find(c: Context, engine: Engine, { task_id }: OneTask): Promise<Task> {
  const task = await visibleTo(c, engine).find(task_id)
  if (!task || !isBatch(task)) throw notFound()
  return task
}

function status(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/batch/{task_id}',
    params: OneTask,
    operation: {
      id: 'getBatch',
      tag: TAG,
      summary: 'How far a batch is',
      answers: { 200: { description: 'The task', schema: BatchTask } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/batch/$TASK_ID',
    },
    handle: async (c, { params }) => c.json(toBatchTask(await find(c, engine, params))),
  })
}

const OneFile = OneTask.extend({ filename: z.string().meta({ description: 'The end of its `url`' }) })

function file(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/batch/{task_id}/files/{filename}',
    params: OneFile,
    operation: {
      id: 'getErasedFile',
      tag: TAG,
      summary: 'Read one picture of a batch',
      answers: { 200: { description: 'The picture', type: 'image/png', schema: z.file() } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" -O $HOST/api/v1/batch/$TASK_ID/files/$FILENAME',
    },
    handle: async (c, { params }) => {
      const { uid } = await find(c, engine, params)
      const { filename } = params
      const found = isStoredName(filename) ? await engine.file(`results/${uid}/${filename}`) : undefined
      if (!found) throw new ToolError('not-found', 'There is no such file, or its task has expired')
      return sendFile(c, found, storedFileHeaders(filename, found))
    },
  })
}

function archive(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/batch/{task_id}/files.zip',
    params: OneTask,
    operation: {
      id: 'getBatchArchive',
      tag: TAG,
      summary: 'Read all pictures of a batch as one ZIP',
      answers: { 200: { description: 'The archive', type: 'application/zip', schema: z.file() } },
      refusals: [401, 404, 409],
      shell: 'curl -H "X-API-Key: $KEY" -o pictures.zip $HOST/api/v1/batch/$TASK_ID/files.zip',
    },
    handle: async (c, { params }) => {
      const task = await find(c, engine, params)
      if (!hasEnded(task)) throw new ToolError('conflict', 'The batch has not ended; read its status until it has')
      if (task.state !== 'succeeded' || task.files.length === 0) {
        throw new ToolError('not-found', 'The batch made no pictures; its status says why')
      }
      const headers = {
        'Content-Type': 'application/zip',
        'Content-Disposition': `attachment; filename="${task.uid}.zip"`,
      }
      if (c.req.method === 'HEAD') return c.body(null, 200, headers)
      return c.body(zipStream(entriesOf(task.files, engine), task.updatedAt), 200, headers)
    },
  })
}

/** Opened one after the other; one that expires meanwhile is left out. */
async function* entriesOf(keys: readonly string[], engine: Engine): AsyncGenerator<ZipEntry> {
  for (const key of keys) {
    const stored = await engine.file(key)
    if (stored) yield { name: key.slice(key.lastIndexOf('/') + 1), body: stored.body }
  }
}
