import * as z from 'zod'
import {
  ImageId,
  ImageObject,
  ImagePage,
  ListedImage,
  ListQuery,
  PageQuery,
  toListed,
  toObject,
} from '../contracts/copies'
import type { Library } from '../library'
import { defineRoute, type Route } from '../route'
import { sendFile } from '../send-file'
import { storedFileHeaders } from './files'
import { found, unknownImage } from './found-image'
import { ownerOf } from './library-owner'

const TAG = 'Copies'

/** The pictures themselves. */
export const pictureRoutes = (library: Library): readonly Route[] => [
  list(library),
  page(library),
  find(library),
  file(library),
  thumbnail(library),
  remove(library),
]

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
      const listed = await library.list(ownerOf(c), filter, limit === undefined ? undefined : { limit, offset })
      return c.json(listed.map(toListed))
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
      const [total, listed] = await Promise.all([
        library.count(owner, filter),
        library.list(owner, filter, { limit, offset, newestFirst: order === 'newest' }),
      ])
      return c.json({ total, images: listed.map(toObject) })
    },
  })
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
    handle: async (c, { params: { image_id: id } }) => c.json(toObject(found(await library.find(ownerOf(c), id), id))),
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
      const image = found(await library.find(owner, id), id)
      const stored = found(await library.open(owner, id), id)
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
      const stored = found(await library.thumbnail(ownerOf(c), id), id)
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
      if (!(await library.remove(ownerOf(c), id))) throw unknownImage(id)
      return c.body(null, 204)
    },
  })
}
