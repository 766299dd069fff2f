import * as z from 'zod'
import { type Issue, ToolError } from '../../../core/errors'
import { coverPlates } from '../../../operators/cover-plates/spec'
import { ownerOf } from '../access/caller'
import { visibleTo } from '../access/visible'
import { Accepted, COVER, FILES, PlateTask, toPlateTask } from '../contracts/plates'
import type { Draft, Engine, Received, ReceivedFile, UploadLimits } from '../engine'
import { isStoredName, storedNames } from '../file-names'
import { coveredSoFar } from '../plates-so-far'
import { presetsOf } from '../presets'
import { InvalidRequest, sentIn } from '../request'
import { defineRoute, type Route } from '../route'
import { sendFile } from '../send-file'
import { TaskId } from '../task'
import { readToolForm } from '../tool-form'
import { tooMany } from '../upload-refusals'
import { storedFileHeaders } from './files'
import { taskNotFound } from './tasks'

const TAG = 'Plates'

/** Many photos in one request, one task for all of them. */
export const plateRoutes = (engine: Engine): readonly Route[] => [process(engine), status(engine), output(engine)]

const PHOTO = coverPlates.batch

function process(engine: Engine): Route {
  const most = engine.limits.batchFiles
  return defineRoute({
    method: 'post',
    path: '/api/v1/process-task',
    operation: {
      id: 'coverPlates',
      tag: TAG,
      summary: 'Cover the plates of many photos',
      description: `Send up to ${most} JPEG, PNG or WebP files in \`${FILES}\`, and a picture to lay over plates in \`${COVER}\` if you have one. The answer comes at once; ask for the state of the task until it is \`completed\`.\n\nA file that cannot be read is listed with its error, and the others are covered. With \`dry_run\` the results have quads and no pictures; \`quads\` and \`zones\` hold for every file.`,
      body: formBody(most),
      answers: { 202: { description: 'The task', schema: Accepted } },
      refusals: [400, 413, 422, 503],
      shell: 'curl -F files=@one.jpg -F files=@two.jpg $HOST/api/v1/process-task/',
    },
    handle: async (c) => {
      const received = await receive(engine, c.req.raw)
      try {
        const presets = await presetsOf(coverPlates, engine.settings)
        const task = await engine.submit({ ...readForm(received, most, presets), owner: ownerOf(c) })
        return c.json({ task_id: task.uid }, 202, { Location: `/api/v1/task-status/${task.uid}` })
      } finally {
        await received.discard()
      }
    },
  })
}

async function receive(engine: Engine, request: Request): Promise<Received> {
  const isForm = /^multipart\/form-data\b/i.test(request.headers.get('content-type') ?? '')
  if (!isForm) throw new InvalidRequest(sentIn('body', [missingFiles]))
  return engine.receive(request, limitsOf(engine))
}

/** One more than the photos: the cover. */
const limitsOf = ({ limits }: Engine): UploadLimits => ({
  ...limits.upload,
  files: limits.batchFiles + 1,
  filesTold: limits.batchFiles,
})

const missingFiles: Issue = { path: [FILES], type: 'missing', message: 'Field required' }

/** @throws InvalidRequest that names every wrong field at once */
function readForm(received: Received, most: number, presets: Readonly<Record<string, unknown>>): Omit<Draft, 'owner'> {
  const photos = received.files.filter(({ field, name, size }) => field === FILES && (name !== '' || size > 0))
  if (photos.length > most) throw tooMany(`${most} files`)
  if (photos.length === 0) throw new InvalidRequest(sentIn('body', [missingFiles]))
  const others = received.files.filter(({ field }) => field !== FILES)
  // The parameters and the cover are read as the tool reads them, for one of the photos.
  const form = readToolForm(
    coverPlates,
    { files: [{ ...photos[0], field: PHOTO }, ...others], fields: received.fields },
    presets,
  )
  const cover = form.inputs.find(({ slot }) => slot === COVER)?.file
  return { ...form, inputs: inputsOf(photos, cover) }
}

function inputsOf(photos: readonly ReceivedFile[], cover: ReceivedFile | undefined): Draft['inputs'] {
  const files = cover ? [...photos, cover] : photos
  const names = storedNames(files.map(({ name }) => name))
  return files.map((file, i) =>
    i < photos.length ? { slot: PHOTO, item: i, name: names[i], file } : { slot: COVER, name: names[i], file },
  )
}

const FILE = { type: 'string', format: 'binary' }

function formBody(most: number): Record<string, unknown> {
  const { properties } = z.toJSONSchema(coverPlates.params, { io: 'input' })
  const schema = {
    type: 'object',
    properties: {
      [FILES]: { type: 'array', items: FILE, minItems: 1, maxItems: most },
      [COVER]: { ...FILE, description: 'A picture to lay over every plate' },
      ...properties,
    },
    required: [FILES],
    additionalProperties: false,
  }
  return { required: true, content: { 'multipart/form-data': { schema } } }
}

const OneTask = z.object({ task_id: TaskId.meta({ description: 'As the POST answered it' }) })

function status(engine: Engine): Route {
  const soFar = coveredSoFar(engine)
  return defineRoute({
    method: 'get',
    path: '/api/v1/task-status/{task_id}',
    params: OneTask,
    operation: {
      id: 'getPlateTask',
      tag: TAG,
      summary: 'How far the photos are',
      answers: { 200: { description: 'The task', schema: PlateTask } },
      refusals: [404],
      shell: 'curl $HOST/api/v1/task-status/$TASK_ID',
    },
    handle: async (c, { params }) => {
      const task = await visibleTo(c, engine).find(params.task_id)
      if (task?.tool !== coverPlates.id) throw taskNotFound()
      return c.json(toPlateTask(task, task.state === 'running' ? await soFar(task) : []))
    },
  })
}

const OneFile = z.object({
  ...OneTask.shape,
  filename: z.string().meta({ description: 'As the results list it' }),
})

function output(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/tasks_storage/{task_id}/output/{filename}',
    params: OneFile,
    operation: {
      id: 'getCoveredFile',
      tag: TAG,
      summary: 'Read a covered photo, or a receipt',
      answers: { 200: { description: 'The file', type: 'image/webp', schema: z.file() } },
      refusals: [404],
      shell: 'curl -O $HOST/tasks_storage/$TASK_ID/output/$FILENAME',
    },
    handle: async (c, { params: { task_id, filename } }) => {
      const file = isStoredName(filename)
        ? await visibleTo(c, engine).file(`results/${task_id}/${filename}`)
        : undefined
      if (!file) throw new ToolError('not-found', 'There is no such file, or its task has expired')
      return sendFile(c, file, storedFileHeaders(filename, file))
    },
  })
}
