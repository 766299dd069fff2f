import { toIssues } from '../../../core/issues'
import { AddedImage, NewImage, SearchQuery, SearchResult, toAdded, toFound } from '../contracts/copies'
import type { Engine, UploadLimits } from '../engine'
import { formBody, oneFileEach, withForm } from '../held-files'
import type { Library } from '../library'
import { InvalidRequest, sentIn } from '../request'
import { defineRoute, type Route } from '../route'
import { ownerOf } from './library-owner'

const TAG = 'Copies'
const FILE = { type: 'string', format: 'binary' }

/** What takes a picture: to keep it, or to compare it with those that are kept. */
export const uploadRoutes = (engine: Engine, library: Library): readonly Route[] => [
  add(engine, library),
  search(engine, library),
]

function add(engine: Engine, library: Library): Route {
  return defineRoute({
    method: 'post',
    path: '/image',
    operation: {
      id: 'addImage',
      tag: TAG,
      summary: 'Add a picture to the library',
      description:
        'It is stored, and processed as soon as the model worker that `model_name` names is free. `darkroom-copies` is our own; our worker also serves `dinov2-small` and `dinov2-base` once they are installed, and `sscd-disc-mixup` once you have supplied it.',
      body: formBody({ name: { type: 'string' }, file: FILE, model_name: { type: 'string' } }, [
        'name',
        'file',
        'model_name',
      ]),
      answers: { 201: { description: 'The picture as it was stored', schema: AddedImage } },
      refusals: [400, 401, 413, 503, 507],
      shell:
        'curl -H "X-API-Key: $KEY" -F name=photo.jpg -F file=@photo.jpg -F model_name=darkroom-copies $HOST/api/v1/image',
    },
    handle: (c) =>
      withForm(engine, c, limitsFor(engine), async (form) => {
        const { name, model_name: modelName, bytes } = readNew(form)
        return c.json(toAdded(await library.add(ownerOf(c), { name, modelName, bytes })), 201)
      }),
  })
}

/** @throws InvalidRequest that names every field that is missing or wrong */
function readNew(form: Parameters<typeof oneFileEach>[0]) {
  const texts = Object.fromEntries(form.fields)
  const parsed = NewImage.safeParse(texts)
  const issues = parsed.success ? [] : sentIn('body', toIssues(parsed.error, texts, NewImage))
  try {
    const [file] = oneFileEach(form, ['file'])
    if (parsed.success) return { ...parsed.data, bytes: file.bytes }
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error
    issues.push(...error.issues)
  }
  throw new InvalidRequest(issues)
}

function search(engine: Engine, library: Library): Route {
  return defineRoute({
    method: 'post',
    path: '/image/search',
    query: SearchQuery,
    operation: {
      id: 'searchImages',
      tag: TAG,
      summary: 'Copies of a picture that is not kept',
      body: formBody({ file: FILE }, ['file']),
      answers: { 200: { description: 'What was found', schema: SearchResult } },
      refusals: [400, 401, 413, 503],
      shell: 'curl -H "X-API-Key: $KEY" -F file=@photo.jpg $HOST/api/v1/image/search',
    },
    handle: (c, { query: { model_name: model, limit } }) =>
      withForm(engine, c, limitsFor(engine), async (form) => {
        const [{ bytes }] = oneFileEach(form, ['file'])
        const matches = await library.search(ownerOf(c), bytes, { model, limit }, c.req.raw.signal)
        return c.json({ model_name: model, count: matches.length, matches: matches.map(toFound) })
      }),
  })
}

const MOST_BYTES = 50e6 // of one picture: it is held in memory while it is read

const limitsFor = ({ limits: { upload } }: Engine): UploadLimits => {
  const fileBytes = Math.min(upload.fileBytes, MOST_BYTES)
  return { ...upload, fileBytes, cloudBytes: fileBytes, totalBytes: fileBytes, files: 1 }
}
