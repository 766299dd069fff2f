import * as z from 'zod'
import { commands } from '../../cli/commands'
import type { ArtefactSpec, Slot, Spec } from '../../core/operator'
import { manifest } from '../../models/manifest'
import type { Model } from '../../models/model'

type JsonSchema = z.core.JSONSchema.JSONSchema
type Property = JsonSchema & { readonly title?: string }

/** The part of a tool's page that is made from its spec: files, parameters, result, models and command, as Markdown. */
export function toolTables(spec: Spec): string {
  return [
    ['## Files it takes', table(['field', 'file', 'needed', 'what it is'], spec.inputs.map(inputRow))],
    ['## Parameters', parameters(spec)],
    ['## Result', table(['field of `result_data`', 'type', 'what it says'], resultRows(spec))],
    ['## Files it makes', filesMade(spec)],
    ['## Models', models(spec)],
    ['## On the command line', commandLine(spec)],
  ]
    .map((part) => part.join('\n\n'))
    .join('\n\n')
}

const inputRow = ({ name, kind, title, help, optional }: Slot): string[] => [
  code(name),
  { raster: 'picture', cloud: 'PLY point cloud', either: 'picture or PLY point cloud' }[kind],
  optional ? 'no' : 'yes',
  help ?? title,
]

function parameters({ params, required = [] }: Spec): string {
  const rows = propertiesOf(z.toJSONSchema(params, { io: 'input' })).map(([name, property]) => [
    code(name),
    typeOf(property),
    required.includes(name) ? 'must be named' : valueText(property.default),
    property.description ?? property.title ?? '',
  ])
  return rows.length > 0 ? table(['name', 'value', 'default', 'what it does'], rows) : 'None.'
}

const resultRows = ({ result }: Spec): string[][] =>
  propertiesOf(z.toJSONSchema(result, { io: 'output' })).map(([name, property]) => [
    code(name),
    typeOf(property),
    property.description ?? property.title ?? '',
  ])

function filesMade({ artefacts }: Spec): string {
  if (artefacts.length === 0) return 'None: the answer is all in `result_data`.'
  return table(
    ['file', 'what it shows', 'when'],
    artefacts.map((artefact) => [fileName(artefact), artefact.title, when(artefact)]),
  )
}

function fileName({ name, endings = ['png'], many, perStep }: ArtefactSpec): string {
  const numbered = many ? `${name}-{n}` : perStep ? `step-{n}-${name}` : name
  return endings.map((ending) => code(`${numbered}.${ending}`)).join(' or ')
}

function when({ optional, many, perStep }: ArtefactSpec): string {
  if (many) return 'any number'
  if (perStep) return 'for each step that ran'
  return optional ? 'some runs' : 'always'
}

function models({ models: tasks = [] }: Spec): string {
  const used = manifest.filter(({ task }) => tasks.includes(task))
  if (used.length === 0) return 'None.'
  return table(['model', 'for', 'MB', 'weights', 'commercial use'], used.map(modelRow))
}

const modelRow = ({ id, task, files, licence, default: isDefault }: Model): string[] => [
  isDefault ? `**${code(id)}**` : code(id),
  task,
  (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1),
  licence.url ? `[${licence.weights}](${licence.url})` : licence.weights,
  licence.commercial,
]

/** On the tool's first sample. */
function commandLine({ id, inputs, params, required = [], samples: [sample] }: Spec): string {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' })
  const command = commands.find(({ spec }) => spec.id === id)
  const files = inputs.flatMap(({ name }) => sample?.files[name] ?? []).map((path) => `public${path}`)
  const short = (key: string, value: unknown) => (key === 'params' ? undefined : value) // a step has its tool's own
  const named = required.map((name) => `--${name} '${JSON.stringify(Object(properties[name]).default, short)}'`)
  return ['```sh', ['npx darkroom', command?.name, ...files, ...named, '-o out'].join(' '), '```'].join('\n')
}

const propertiesOf = ({ properties = {} }: JsonSchema): [string, Property][] =>
  Object.entries(properties).flatMap(([name, property]) => (typeof property === 'boolean' ? [] : [[name, property]]))

/** In few words; what has parts is spelled out one level deep. */
function typeOf(schema: Property): string {
  const options = schema.anyOf ?? schema.oneOf ?? kindsOf(schema)
  if (options) return [...new Set(options.map((option) => typeOf(option as Property)))].join(', or ')
  if (schema.enum) return schema.enum.map((value) => code(String(value))).join(', ')
  if (schema.const !== undefined) return code(String(schema.const))
  switch (schema.type) {
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'whole number' : 'number'}${range(schema)}`
    case 'boolean':
      return '`true`, `false`'
    case 'string':
      return 'text'
    case 'null':
      return 'null'
    case 'array':
      return `list of ${itemsOf(schema)}`
    default:
      return namesOf(schema)
  }
}

/** A nullable value may list its types instead of its options. */
const kindsOf = (schema: Property): Property[] | undefined =>
  Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type }) as Property) : undefined

function range({ minimum, exclusiveMinimum, maximum }: Property): string {
  const isBound = (value: number | undefined) => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER
  if (exclusiveMinimum !== undefined) return `, above ${exclusiveMinimum}${isBound(maximum) ? ` to ${maximum}` : ''}`
  if (isBound(minimum) && isBound(maximum)) return `, ${minimum} to ${maximum}`
  if (isBound(minimum)) return `, ${minimum} or more`
  return isBound(maximum) ? `, ${maximum} at most` : ''
}

function itemsOf({ items }: Property): string {
  if (!items || typeof items !== 'object' || Array.isArray(items)) return 'values'
  const options = items.anyOf ?? items.oneOf
  if (options) return [...new Set(options.map((option) => namesOf(option as Property)))].join(', or ')
  if (items.type === 'object') return namesOf(items as Property)
  return (
    ({ integer: 'whole numbers', number: 'numbers', string: 'texts', array: 'lists' } as const)[
      String(items.type) as 'string'
    ] ?? 'values'
  )
}

function namesOf(schema: Property): string {
  const names = propertiesOf(schema).map(([name]) => name)
  return names.length > 0 ? code(`{ ${names.join(', ')} }`) : 'object'
}

const valueText = (value: unknown): string =>
  value === undefined || value === null ? 'none' : code(typeof value === 'string' ? value : JSON.stringify(value))

const code = (text: string): string => `\`${text}\``

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
