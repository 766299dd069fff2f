import { Callback, Claim, ImageId, ModelName, Processed, toProcessed } from '../contracts/copies'
import { jsonBody, readJson } from '../json-body'
import type { Library } from '../library'
import { defineRoute, type Route } from '../route'
import { found } from './found-image'
import { ownerOf } from './library-owner'

const TAG = 'Copies'

/** What a model worker asks and answers. */
export const workerRoutes = (library: Library): readonly Route[] => [
  claim(library),
  processed(library),
  callback(library),
]

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
      const image = found(await library.find(owner, id), id)
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
      found(await library.find(owner, id), id)
      const { result, embedding } = await readJson(c, Callback)
      const image = found(await library.finish(owner, id, { copies: result, embedding }), id)
      return c.json(toProcessed(image, (await library.copies(owner, id)) ?? []))
    },
  })
}
