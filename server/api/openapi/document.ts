import * as z from 'zod'
import type { Tool } from '../../../operators/registry'
import { asksForKey } from '../access/identify'
import { InpaintRefusal } from '../contracts/inpaint'
import { WebhookBody } from '../contracts/webhooks'
import { phraseOf } from '../inpaint-errors'
import type { Route } from '../route'
import { VERSION } from '../version'
import { type Components, components, Detail, HTTPValidationError } from './components'
import type { Answer, Operation, Refusal } from './operation'

type Json = Record<string, unknown>

const DESCRIPTION = `Image tools over REST. A POST answers a task at once; read it with \`GET /api/v1/tasks/{uid}\` until its \`status\` is
\`done\` or \`error\`, or follow its events. Every path in \`input_files\`, \`thumbnails\` and \`result_files\` is served by GET under \`/\`.

Trailing slashes are optional. Times are ISO 8601 in UTC. A method that a path does not have is answered 405 with \`Allow\`.`

const TAGS = [
  { name: 'Tools', description: 'What can be done with pictures.' },
  { name: 'Inpainting', description: 'Watermarks and objects, erased at once; nothing is stored.' },
  { name: 'Access', description: 'Users, their keys and plans, and what was used.' },
  { name: 'Faces', description: 'Vectors of faces, answered at once; nothing is stored.' },
  { name: 'Plates', description: 'Number plates of many photos, covered in one task.' },
  { name: 'Copies', description: 'A library of pictures in which copies find each other, whatever was done to them.' },
  { name: 'Tasks', description: 'What has been asked for, and what became of it.' },
  { name: 'Settings', description: 'What a tool does with a parameter that a request leaves out.' },
  { name: 'Webhooks', description: 'Addresses that are told when a task ends.' },
  { name: 'Files', description: 'Uploads and results.' },
  { name: 'Models', description: 'The networks that tools run, their licences, and where they stand on this host.' },
  { name: 'Service', description: 'Whether and how the service runs, and what it offers.' },
]

/** The OpenAPI 3.1 document of exactly these routes, made from the schemas that validate. */
export function openApiDocument(routes: readonly Route[], tools: readonly Tool[]): Json {
  const shared = components(tools)
  const documented = routes.filter((route) => route.operation)
  const paths = [...new Set(documented.map(({ path }) => path))].map((path) => [
    path,
    Object.fromEntries(documented.filter((route) => route.path === path).map((route) => describe(route, shared))),
  ])
  return {
    openapi: '3.1.0',
    info: { title: 'Darkroom', version: VERSION, description: DESCRIPTION, license: LICENSE },
    tags: TAGS,
    paths: Object.fromEntries(paths),
    webhooks: { taskEnded: { post: taskEnded(shared) } },
    components: {
      schemas: shared.schemas,
      responses: { ...refusals(shared), ...inpaintRefusals(shared) },
      securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-API-Key' } },
    },
  }
}

const taskEnded = (shared: Components): Json => ({
  operationId: 'taskEnded',
  tags: ['Webhooks'],
  summary: 'A task has ended',
  requestBody: { required: true, content: { 'application/json': { schema: shared.refer(WebhookBody) } } },
  responses: { '2XX': { description: 'Delivered' }, 410: { description: 'The webhook is disabled' } },
})

const LICENSE = { name: 'Apache 2.0', identifier: 'Apache-2.0' }

function describe(route: Route, shared: Components): readonly [method: string, operation: Json] {
  const { id, tag, summary, description, body, answers, shell } = route.operation as Operation
  const operation = {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    ...parameters(route),
    ...(body && { requestBody: body }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, response(answer, shared)])),
      ...Object.fromEntries(refusalsOf(route).map((status) => [status, { $ref: refusalIn(route, status) }])),
    },
    ...security(route),
    ...(shell && { 'x-codeSamples': [{ lang: 'Shell', label: 'curl', source: shell }] }),
  }
  return [route.method, operation]
}

/** What the route itself may refuse, and what is refused for it. */
function refusalsOf({ method, access, family, params, query, operation }: Route): readonly Refusal[] {
  const parsed = params || query ? ([family === 'inpaint' ? 400 : 422] as const) : []
  const guarded = method === 'get' ? [] : ([403] as const)
  const asked = access === 'public' ? [] : ([401] as const)
  const limited = asksForKey({ access, family }) || access === 'metered' ? ([429] as const) : []
  return [...new Set<Refusal>([...(operation?.refusals ?? []), ...parsed, ...guarded, ...asked, ...limited, 500])]
}

const refusalIn = ({ family }: Route, status: Refusal): string =>
  `#/components/responses/${family === 'inpaint' ? 'Inpaint' : ''}${status}`

/** A key where one is asked for; with `{}` beside it where that depends on where the server is. */
function security({ access, family }: Route): Json {
  if (access === 'public') return {}
  return { security: asksForKey({ access, family }) ? [{ key: [] }] : [{}, { key: [] }] }
}

function parameters({ params, query }: Route): Json {
  const found = [...located('path', params), ...located('query', query)]
  return found.length > 0 ? { parameters: found } : {}
}

function located(where: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as Json
    return { name, in: where, required: required.includes(name), ...(description ? { description } : {}), schema: rest }
  })
}

function response({ description, type = 'application/json', schema, example }: Answer, shared: Components): Json {
  if (!schema && example === undefined) return { description }
  const shown = { ...(schema && { schema: shared.refer(schema) }), ...(example !== undefined && { example }) }
  return { description, content: { [type]: shown } }
}

/** What each refusal means, and a sentence as one reads it. */
const REFUSALS: Readonly<Record<Exclude<Refusal, 422>, readonly [description: string, detail: string]>> = {
  400: ['The request cannot be read as a whole', 'The multipart body cannot be read'],
  401: ['A key is missing or wrong; which routes need one depends on where the server is', 'Invalid API Key'],
  403: [
    'Sent by a page of another site, or a licence has to be accepted first',
    'Requests from pages of other sites are refused',
  ],
  404: ['There is none', 'Task not found'],
  409: ['Its state does not allow this', 'The task has already ended'],
  413: ['A file, the body or a picture is over a limit', 'The picture has 900 megapixels; at most 100 are taken'],
  429: [
    'A limit is reached: send it again after `Retry-After` seconds',
    'Rate limit exceeded. Please try again later.',
  ],
  500: ['A mistake of ours', 'Internal Server Error'],
  507: ['The disk is full', 'The disk is full: the model could not be stored'],
  503: ['Not now: send it again after `Retry-After` seconds', 'The queue is full'],
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } }

function refusals({ refer }: Components): Json {
  const named = Object.entries(REFUSALS).map(([status, [description, detail]]) => {
    const content = { 'application/json': { schema: refer(Detail), example: { detail } } }
    return [status, { description, ...(isLater(status) && { headers: RETRY_AFTER }), content }]
  })
  const content = { 'application/json': { schema: refer(HTTPValidationError) } }
  return { ...Object.fromEntries(named), 422: { description: 'Fields are wrong; all of them are named', content } }
}

/** The same in the form of that family, which knows no 422. */
function inpaintRefusals({ refer }: Components): Json {
  const named = Object.entries(REFUSALS).map(([status, [description, detail]]) => {
    const example = { error: phraseOf(Number(status)), detail, status_code: Number(status) }
    const content = { 'application/json': { schema: refer(InpaintRefusal), example } }
    return [`Inpaint${status}`, { description, ...(isLater(status) && { headers: RETRY_AFTER }), content }]
  })
  return Object.fromEntries(named)
}

const isLater = (status: string): boolean => ['429', '503'].includes(status)
