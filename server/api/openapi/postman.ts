/** What is read of an OpenAPI schema, parameter and operation. */
interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly format?: string
  readonly description?: string
  readonly default?: unknown
  readonly enum?: readonly unknown[]
  readonly examples?: readonly unknown[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required?: boolean
  readonly description?: string
  readonly schema: Schema
}

interface Operation {
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly security?: readonly object[]
}

interface Document {
  readonly info: { readonly title: string; readonly description: string; readonly version: string }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const FORMAT = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

/** Where `npm start` listens. */
const SERVER = 'http://127.0.0.1:8080'

/**
 * The same requests as a Postman collection, version 2.1: a folder for each tag, files and fields of forms ready to be
 * filled in. The variable `server` says where they go, `key` is sent as `X-API-Key`.
 *
 * @param openApi as `openApiDocument` makes it
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 */
export function postmanCollection(openApi: Record<string, unknown>): Record<string, unknown> {
  const document = openApi as unknown as Document
  const items = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => itemOf(path, method, operation, document)),
  )
  const tags = [...new Set(items.map(({ tag }) => tag))]
  const { title, description, version } = document.info
  return {
    info: { name: title, description, version, schema: FORMAT },
    variable: [
      { key: 'server', value: SERVER, type: 'string' },
      { key: 'key', value: '', type: 'string' },
    ],
    auth: { type: 'apikey', apikey: attributes({ key: 'X-API-Key', value: '{{key}}', in: 'header' }) },
    item: tags.map((tag) => ({ name: tag, item: items.filter((one) => one.tag === tag).map(({ item }) => item) })),
  }
}

const attributes = (values: Readonly<Record<string, string>>) =>
  Object.entries(values).map(([key, value]) => ({ key, value, type: 'string' }))

function itemOf(path: string, method: string, operation: Operation, document: Document) {
  const { tags, summary, description, security } = operation
  const request = {
    method: method.toUpperCase(),
    header: [{ key: 'Accept', value: 'application/json, */*' }],
    url: urlOf(path, operation.parameters ?? []),
    ...bodyOf(operation, document),
    ...(description && { description }),
    ...(!security && { auth: { type: 'noauth' } }),
  }
  return { tag: tags[0], item: { name: summary, request, response: [] } }
}

/** Postman writes `{uid}` as `:uid`. What a query can do without is there, but turned off. */
function urlOf(path: string, parameters: readonly Parameter[]) {
  const segments = path
    .split('/')
    .slice(1)
    .map((segment) => segment.replace(/^\{(\w+)\}$/, ':$1'))
  const located = (where: Parameter['in']) => parameters.filter((one) => one.in === where)
  const query = located('query').map(({ required, ...one }) => ({ ...entry(one), disabled: !required }))
  const variable = located('path').map((one) => ({ ...entry(one), value: '' }))
  return {
    raw: `{{server}}/${segments.join('/')}`,
    host: ['{{server}}'],
    path: segments,
    ...(query.length > 0 && { query }),
    ...(variable.length > 0 && { variable }),
  }
}

const entry = ({ name, description, schema }: Omit<Parameter, 'in'>) => ({
  key: name,
  value: textOf(schema.default ?? schema.enum?.[0] ?? ''),
  ...(description && { description }),
})

function bodyOf({ requestBody }: Operation, document: Document) {
  const content = requestBody?.content ?? {}
  const form = content['multipart/form-data']?.schema
  if (form) return { body: { mode: 'formdata', formdata: formOf(form) } }
  const json = content['application/json']?.schema
  if (!json) return {}
  const raw = JSON.stringify(exampleOf(json, document), null, 2)
  return { body: { mode: 'raw', raw, options: { raw: { language: 'json' } } } }
}

function formOf({ properties = {}, required = [] }: Schema) {
  return Object.entries(properties).map(([key, schema]) => {
    const isFile = (schema.items ?? schema).format === 'binary'
    const value = isFile ? { type: 'file', src: null } : { type: 'text', value: textOf(schema.default ?? '') }
    return {
      key,
      ...value,
      ...(schema.description && { description: schema.description }),
      disabled: !required.includes(key),
    }
  })
}

/** An example that the schema has, or else its defaults. */
function exampleOf(schema: Schema, document: Document): unknown {
  const { $ref, anyOf, examples, properties = {}, ...rest } = schema
  if ($ref) return exampleOf(document.components.schemas[$ref.split('/').at(-1) ?? ''], document)
  if (anyOf) return exampleOf(anyOf[0], document)
  if (examples) return examples[0]
  if (rest.type !== 'object') return rest.default ?? rest.enum?.[0] ?? (rest.type === 'integer' ? 1 : '')
  return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, exampleOf(one, document)]))
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
