import type { ExampleCall } from './calls'

interface Schema {
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>

/** What of a call is not as the OpenAPI document has it, in sentences. */
export function complaintsAbout(call: ExampleCall, paths: Paths): string[] {
  const { method, path, query, fields } = call
  const operation = find(paths, method, path)
  if (!operation) return [`${method} ${path} is not described`]
  const form = operation.requestBody?.content['multipart/form-data']?.schema
  const parameters = (operation.parameters ?? []).filter((one) => one.in === 'query')
  const complain = (names: readonly string[], words: string) =>
    names.map((name) => `${method} ${path}: ${name} ${words}`)
  return [
    ...complain(except(fields, Object.keys(form?.properties ?? {})), 'is no field'),
    ...complain(except(form?.required ?? [], fields), 'is missing'),
    ...complain(
      except(
        query,
        parameters.map(({ name }) => name),
      ),
      'is no part of the query',
    ),
  ]
}

const except = (names: readonly string[], known: readonly string[]): string[] =>
  names.filter((name) => !known.includes(name))

/** What is fixed in the document has to be in the call; what is variable may be either. */
function find(paths: Paths, method: string, path: string): Operation | undefined {
  const given = path.split('/')
  const [, operations] =
    Object.entries(paths).find(([pattern, methods]) => {
      const wanted = pattern.split('/')
      const fits = wanted.every((part, i) => (part.startsWith('{') ? given[i] !== '' : part === given[i]))
      return wanted.length === given.length && fits && method.toLowerCase() in methods
    }) ?? []
  return operations?.[method.toLowerCase()]
}
