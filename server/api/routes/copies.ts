import { HTTPException } from 'hono/http-exception'
import * as z from 'zod'
import { toIssues } from '../../../core/issues'
import {
  AddedImage,
  Callback,
  Claim,
  CopyLink,
  IgnoreBody,
  ImageId,
  ImageObject,
  ImagePage,
  LinkedImage,
  ListedImage,
  ListQuery,
  ModelName,
  NewImage,
  PageQuery,
  Processed,
  SearchQuery,
  SearchResult,
  toAdded,
  toFound,
  toListed,
  toObject,
  toProcessed,
} from '../contracts/copies'
import type { Engine, UploadLimits } from '../engine'
import { formBody, oneFileEach, withForm } from '../held-files'
import { jsonBody, readJson } from '../json-body'
import type { Library } from '../library'
import { InvalidRequest, sentIn } from '../request'
import { defineRoute, type Route } from '../route'
import { sendFile } from '../send-file'
import { overviewRoutes } from './copies-overview'
import { storedFileHeaders } from './files'
import { ownerOf } from './library-owner'

const TAG = 'Copies'
const FILE = { type: 'string', format: 'binary' }

/** The contract has every path with the prefix and without it. */
const PREFIXES = ['/api/v1', ''] as const

/** Pictures that are kept to find copies among them. Left out where there is no library, as on a device. */
export const copiesRoutes = (engine: Engine, library: Library | undefined): readonly Route[] =>
  library ? PREFIXES.flatMap((prefix) => imageRoutes(engine, library).map((route) => under(prefix, route))) : []

const imageRoutes = (engine: Engine, library: Library): readonly Route[] => [
  list(library),
  page(library),
  ...overviewRoutes(library),
  claim(library),
  search(engine, library),
  add(engine, library),
  processed(library),
  callback(library),
  copies(library),
  links(library),
  ignore(library),
  file(library),
  thumbnail(library),
  find(library),
  remove(library),
]

/** In the document once, under the longer path. */
const under = (prefix: string, { operation, ...route }: Route): Route => ({
  ...route,
  path: prefix + route.path,
  ...(prefix !== '' && { operation }),
})

const unknown = (id: number): HTTPException => new HTTPException(404, { message: `Image ${id} not found` })

const sure = <T>(found: T | undefined, id: number): T => {
  if (found === undefined) throw unknown(id)
  return found
}

function list(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/all',
    query: ListQuery,
    operation: {
      id: 'listImages',
      tag: TAG,
      summary: 'Pictures of the library in a state',
      description: 'The oldest first. `label` and `policy` name what the pictures must show.',
      answers: { 200: { description: 'The pictures', schema: ListedImage.array() } },
      refusals: [401],
      shell: 'curl -H "X-API-Key: $KEY" "$HOST/api/v1/image/all?status=UPLOADED"',
    },
    handle: async (c, { query: { limit, offset, ...filter } }) => {
      const found = await library.list(ownerOf(c), filter, limit === undefined ? undefined : { limit, offset })
      return c.json(found.map(toListed))
    },
  })
}

function page(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/page',
    query: PageQuery,
    operation: {
      id: 'pageImages',
      tag: TAG,
      summary: 'A page of the library, with everything known of each picture',
      answers: { 200: { description: 'The page', schema: ImagePage } },
      refusals: [401],
      shell: 'curl -H "X-API-Key: $KEY" "$HOST/api/v1/image/page?limit=50"',
    },
    handle: async (c, { query: { limit, offset, order, unreadable, ...wanted } }) => {
      const owner = ownerOf(c)
      const filter = { ...wanted, unreadable: unreadable && unreadable === 'true' }
      const [total, found] = await Promise.all([
        library.count(owner, filter),
        library.list(owner, filter, { limit, offset, newestFirst: order === 'newest' }),
      ])
      return c.json({ total, images: found.map(toObject) })
    },
  })
}

function claim(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/poll/{model_name}',
    params: ModelName,
    operation: {
      id: 'pollImage',
      tag: TAG,
      summary: 'Claim the oldest picture that waits for a model',
      description:
        'For a model worker of your own: no other worker gets the picture until its lease has run out. POST what you found to `img_callback_url`; the picture’s bytes are at `/api/v1/image/{image_id}/file`.',
      answers: { 200: { description: 'The picture', schema: Claim } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/image/poll/my-model',
    },
    handle: async (c, { params: { model_name } }) => {
      const image = await library.claim(ownerOf(c), model_name)
      if (!image) return c.json({ detail: 'No images to process' }, 404)
      const { origin } = new URL(c.req.url)
      return c.json({
        id: image.id,
        s3_path: image.path,
        img_callback_url: `${origin}/api/v1/image/${image.id}/processed`,
      })
    },
  })
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
    handle: (c, { query: { limit } }) =>
      withForm(engine, c, limitsFor(engine), async (form) => {
        const [{ bytes }] = oneFileEach(form, ['file'])
        const matches = await library.search(ownerOf(c), bytes, limit, c.req.raw.signal)
        return c.json({ count: matches.length, matches: matches.map(toFound) })
      }),
  })
}

function add(engine: Engine, library: Library): Route {
  return defineRoute({
    method: 'post',
    path: '/image',
    operation: {
      id: 'addImage',
      tag: TAG,
      summary: 'Add a picture to the library',
      description:
        'It is stored, and processed as soon as the model worker that `model_name` names is free. `darkroom-copies` is our own.',
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

function find(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/{image_id}',
    params: ImageId,
    operation: {
      id: 'getImage',
      tag: TAG,
      summary: 'A picture of the library',
      answers: { 200: { description: 'The picture', schema: ImageObject } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/image/1',
    },
    handle: async (c, { params: { image_id: id } }) => c.json(toObject(sure(await library.find(ownerOf(c), id), id))),
  })
}

function processed(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/{image_id}/processed',
    params: ImageId,
    operation: {
      id: 'getProcessed',
      tag: TAG,
      summary: 'The copies of a picture',
      description: 'Empty until the picture is `PROCESSED`.',
      answers: { 200: { description: 'Ids of its copies', schema: Processed } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/image/1/processed',
    },
    handle: async (c, { params: { image_id: id } }) => {
      const owner = ownerOf(c)
      const image = sure(await library.find(owner, id), id)
      return c.json(toProcessed(image, (await library.copies(owner, id)) ?? []))
    },
  })
}

function callback(library: Library): Route {
  return defineRoute({
    method: 'post',
    path: '/image/{image_id}/processed',
    params: ImageId,
    operation: {
      id: 'postProcessed',
      tag: TAG,
      summary: 'Say what a model worker found',
      description:
        'For a picture that the worker has claimed. The copies are linked both ways, and with whatever they are copies of. A picture that is not claimed, or was answered already, is a 409.',
      body: jsonBody({ $ref: '#/components/schemas/Finding' }),
      answers: { 200: { description: 'Its copies now', schema: Processed } },
      refusals: [401, 404, 409],
      shell: `curl -H "X-API-Key: $KEY" -H 'Content-Type: application/json' -d '{"result":["2","3"]}' $HOST/api/v1/image/1/processed`,
    },
    handle: async (c, { params: { image_id: id } }) => {
      const owner = ownerOf(c)
      sure(await library.find(owner, id), id)
      const { result, embedding } = await readJson(c, Callback)
      const image = sure(await library.finish(owner, id, { copies: result, embedding }), id)
      return c.json(toProcessed(image, (await library.copies(owner, id)) ?? []))
    },
  })
}

function copies(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/{image_id}/return_images',
    params: ImageId,
    operation: {
      id: 'returnImages',
      tag: TAG,
      summary: 'Where the copies of a picture are stored',
      answers: { 200: { description: 'Its copies', schema: CopyLink.array() } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/image/1/return_images',
    },
    handle: async (c, { params: { image_id: id } }) => {
      const found = sure(await library.copies(ownerOf(c), id), id)
      return c.json(found.map((copy) => ({ id: copy.id, file_link: copy.path })))
    },
  })
}

function links(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/{image_id}/links',
    params: ImageId,
    operation: {
      id: 'getLinks',
      tag: TAG,
      summary: 'Why a picture is called a copy',
      description: 'Its direct links with their verdicts, the likeliest first; also those that people have set aside.',
      answers: { 200: { description: 'The links', schema: LinkedImage.array() } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" $HOST/api/v1/image/1/links',
    },
    handle: async (c, { params: { image_id: id } }) => {
      const found = sure(await library.links(ownerOf(c), id), id)
      return c.json(found.map((link) => ({ ...toFound(link), ignored: link.ignored })))
    },
  })
}

function ignore(library: Library): Route {
  return defineRoute({
    method: 'put',
    path: '/image/{image_id}/ignored',
    params: ImageId,
    operation: {
      id: 'ignoreLink',
      tag: TAG,
      summary: 'Say that two pictures are no copies',
      description: 'It stays so when they are indexed again, until it is taken back.',
      body: jsonBody({ $ref: '#/components/schemas/SetAside' }),
      answers: { 204: { description: 'Done' } },
      refusals: [401, 404],
      shell: `curl -X PUT -H "X-API-Key: $KEY" -H 'Content-Type: application/json' -d '{"other_id":2}' $HOST/api/v1/image/1/ignored`,
    },
    handle: async (c, { params: { image_id: id } }) => {
      const { other_id: other, ignored } = await readJson(c, IgnoreBody)
      if (!(await library.ignore(ownerOf(c), id, other, ignored))) {
        throw new HTTPException(404, { message: `Images ${id} and ${other} are not linked` })
      }
      return c.body(null, 204)
    },
  })
}

function file(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/{image_id}/file',
    params: ImageId,
    operation: {
      id: 'getImageFile',
      tag: TAG,
      summary: 'The bytes of a picture',
      answers: { 200: { description: 'The file', type: 'image/png', schema: z.file() } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" -O $HOST/api/v1/image/1/file',
    },
    handle: async (c, { params: { image_id: id } }) => {
      const owner = ownerOf(c)
      const image = sure(await library.find(owner, id), id)
      const stored = sure(await library.open(owner, id), id)
      return sendFile(c, stored, storedFileHeaders(image.path.split('/').at(-1) ?? 'image', stored))
    },
  })
}

function thumbnail(library: Library): Route {
  return defineRoute({
    method: 'get',
    path: '/image/{image_id}/thumbnail',
    params: ImageId,
    operation: {
      id: 'getImageThumbnail',
      tag: TAG,
      summary: 'A small picture of a picture',
      description: 'A PNG of at most 256×256 pixels.',
      answers: { 200: { description: 'The small picture', type: 'image/png', schema: z.file() } },
      refusals: [401, 404],
      shell: 'curl -H "X-API-Key: $KEY" -O $HOST/api/v1/image/1/thumbnail',
    },
    handle: async (c, { params: { image_id: id } }) => {
      const stored = sure(await library.thumbnail(ownerOf(c), id), id)
      return sendFile(c, stored, storedFileHeaders(`${id}.png`, stored))
    },
  })
}

function remove(library: Library): Route {
  return defineRoute({
    method: 'delete',
    path: '/image/{image_id}',
    params: ImageId,
    operation: {
      id: 'removeImage',
      tag: TAG,
      summary: 'Remove a picture',
      description: 'Its file, its vector and its links go with it; what hung together only through it is parted.',
      answers: { 204: { description: 'Removed' } },
      refusals: [401, 404],
      shell: 'curl -X DELETE -H "X-API-Key: $KEY" $HOST/api/v1/image/1',
    },
    handle: async (c, { params: { image_id: id } }) => {
      if (!(await library.remove(ownerOf(c), id))) throw unknown(id)
      return c.body(null, 204)
    },
  })
}

const MOST_BYTES = 50e6 // of one picture: it is held in memory while it is read

const limitsFor = ({ limits: { upload } }: Engine): UploadLimits => {
  const fileBytes = Math.min(upload.fileBytes, MOST_BYTES)
  return { ...upload, fileBytes, cloudBytes: fileBytes, totalBytes: fileBytes, files: 1 }
}
