import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import { ModelList, ModelObject, toModelObject } from '../contracts/models'
import type { Engine } from '../engine'
import { defineRoute, type Route } from '../route'
import { sendModelFile } from '../send-model-file'

const OneModel = z.object({ id: z.string().meta({ description: 'As the list has it' }) })
const OneModelFile = OneModel.extend({ file: z.string().meta({ description: 'The name of one of its files' }) })

const notFound = (what: string) => new ToolError('not-found', `${what} not found: /api/v1/models lists what there is`)

export const modelRoutes = (engine: Engine): readonly Route[] => [
  list(engine),
  find(engine),
  fetchModel(engine),
  remove(engine),
  file(engine),
]

function list(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/models',
    access: 'public',
    operation: {
      id: 'listModels',
      tag: 'Models',
      summary: 'List the models',
      description: 'All that the tools can use: what they are for, their licences, and where they stand on this host.',
      answers: { 200: { description: 'All models', schema: ModelList } },
      shell: 'curl $HOST/api/v1/models',
    },
    handle: async (c) => c.json({ models: (await engine.models.list()).map(toModelObject) }),
  })
}

function find(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/api/v1/models/{id}',
    access: 'public',
    params: OneModel,
    operation: {
      id: 'getModel',
      tag: 'Models',
      summary: 'Read one model',
      answers: { 200: { description: 'The model', schema: ModelObject } },
      refusals: [404],
      shell: 'curl $HOST/api/v1/models/$ID',
    },
    handle: async (c, { params: { id } }) => {
      const held = await engine.models.find(id)
      if (!held) throw notFound('Model')
      return c.json(toModelObject(held))
    },
  })
}

function fetchModel(engine: Engine): Route {
  return defineRoute({
    method: 'post',
    path: '/api/v1/models/{id}/fetch',
    params: OneModel,
    operation: {
      id: 'fetchModel',
      tag: 'Models',
      summary: 'Fetch a model',
      description:
        'Begins the download; ask for the model to see how far it is. One under a non-commercial licence is refused with 403 until `ACCEPT_LICENSES` names it.',
      answers: {
        200: { description: 'It is here already', schema: ModelObject },
        202: { description: 'It is being fetched', schema: ModelObject },
      },
      refusals: [403, 404, 503],
      shell: 'curl -X POST $HOST/api/v1/models/$ID/fetch',
    },
    handle: async (c, { params: { id } }) => {
      const held = await engine.models.fetch(id)
      if (!held) throw notFound('Model')
      return c.json(toModelObject(held), held.state.state === 'installed' ? 200 : 202)
    },
  })
}

function remove(engine: Engine): Route {
  return defineRoute({
    method: 'delete',
    path: '/api/v1/models/{id}',
    params: OneModel,
    operation: {
      id: 'deleteModel',
      tag: 'Models',
      summary: 'Delete a fetched model',
      description:
        'What the operator put into `MODELS_DIR` is left alone; one that is being fetched is refused with 409.',
      answers: { 204: { description: 'It is gone' } },
      refusals: [404, 409, 503],
      shell: 'curl -X DELETE $HOST/api/v1/models/$ID',
    },
    handle: async (c, { params: { id } }) => {
      if (!(await engine.models.find(id))) throw notFound('Model')
      if (!(await engine.models.remove(id))) throw new ToolError('not-found', 'The model is not among the fetched ones')
      return c.body(null, 204)
    },
  })
}

function file(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/models/{id}/{file}',
    access: 'public',
    params: OneModelFile,
    operation: {
      id: 'getModelFile',
      tag: 'Models',
      summary: 'Read a file of a model',
      description:
        'For browsers that run it themselves. Its `ETag` is the SHA-256; `Range`, `If-Range` and `If-None-Match` are honoured.',
      answers: {
        200: { description: 'The file', type: 'application/octet-stream', schema: z.file() },
        206: { description: 'The part that was asked for', type: 'application/octet-stream', schema: z.file() },
        304: { description: 'The caller already has it' },
        416: { description: 'There is no such part' },
      },
      refusals: [403, 404, 503, 507],
      shell: 'curl -O -C - $HOST/models/$ID/$FILE',
    },
    handle: async (c, { params }) => {
      const content = await engine.models.open(params.id, params.file)
      if (!content) throw notFound('Model file')
      return sendModelFile(c, content)
    },
  })
}
