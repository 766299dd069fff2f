import { HTTPException } from 'hono/http-exception'
import { CopyLink, IgnoreBody, ImageId, LinkedImage, toFound } from '../contracts/copies'
import { jsonBody, readJson } from '../json-body'
import type { Library } from '../library'
import { defineRoute, type Route } from '../route'
import { found } from './found-image'
import { ownerOf } from './library-owner'

const TAG = 'Copies'

/** Which pictures are copies of one, why, and which people say are not. */
export const linkRoutes = (library: Library): readonly Route[] => [copies(library), links(library), ignore(library)]

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
      const linked = found(await library.copies(ownerOf(c), id), id)
      return c.json(linked.map((copy) => ({ id: copy.id, file_link: copy.path })))
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
      const linked = found(await library.links(ownerOf(c), id), id)
      return c.json(linked.map((link) => ({ ...toFound(link), ignored: link.ignored })))
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
