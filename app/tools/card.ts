import * as z from 'zod'
import type { ArtefactSpec, Job, LayerSpec, Sample, Slot, Spec, VectorSpec } from '../../core/operator'
import type { SpecText } from '../../core/text'
import type { Task } from '../../models/model'
import { type Field, fields } from './fields'
import { type IconNode, iconNode } from './icon-node'

export interface ResultField {
  readonly name: string
  readonly title: string
  readonly help?: string
  /** A number that need not be whole. */
  readonly fraction: boolean
  /** `px`, or `share` for a number of 0 to 1 that people read as a percentage; `.meta({ unit })` of the schema. */
  readonly unit?: Unit
  /** English words for the values of an enumeration; `.meta({ words })` of the schema. */
  readonly words?: Readonly<Record<string, string>>
}

export type Unit = 'px' | 'share'

/** `head-pose`: yaw, pitch and roll in degrees, as in `Angles`. */
export interface Drawing {
  /** The path of the object. */
  readonly name: string
  readonly title: string
  readonly draw: 'head-pose'
}

/**
 * A spec as plain data, which crosses from the server to the page: the page draws a whole tool without loading the
 * schema library.
 */
export interface ToolCard {
  readonly id: string
  readonly path: string
  readonly title: string
  readonly summary: string
  readonly icon: IconNode
  /** Undefined for a tool that is listed after all others. */
  readonly job: Job | undefined
  readonly inputs: readonly Slot[]
  readonly batch: string
  readonly fields: readonly Field[]
  /** As in `Spec.tool`: the word for it in a list of steps. */
  readonly tool: string
  /**
   * Single values of `result_data`, without those that repeat a parameter, unless `.meta({ figure: true })` says that they
   * need not be the same; of a nested one, `name` is the path.
   */
  readonly figures: readonly ResultField[]
  /** Objects of `result_data` that are drawn: `.meta({ draw })` of the schema. */
  readonly drawings: readonly Drawing[]
  /** Lists of sentences in `result_data` that warn: `.meta({ warns: true })` of the schema. */
  readonly warnings: readonly string[]
  /** The first list of `result_data`. */
  readonly table: { readonly field: string; readonly columns: readonly ResultField[] } | null
  readonly artefacts: readonly ArtefactSpec[]
  readonly layers: readonly LayerSpec[]
  readonly vectors: VectorSpec | null
  /** As in `Spec.models`. */
  readonly models: readonly Task[]
  readonly live: readonly string[]
  readonly samples: readonly Sample[]
  readonly text: SpecText
}

export async function toCard(spec: Spec): Promise<ToolCard> {
  const { id, tool, path, title, summary, icon, job, inputs, batch, artefacts, layers, live, samples, text } = spec
  const result = properties(z.toJSONSchema(spec.result, { io: 'output' }))
  const list = result.find(({ schema }) => schema.type === 'array' && columns(schema).length > 0)
  return {
    icon: await iconNode(icon),
    ...{ id, tool, path, title, summary, job, inputs, batch, artefacts, layers, live, samples, text },
    vectors: spec.vectors ?? null,
    models: spec.models ?? [],
    fields: fields(spec.params),
    figures: result
      .filter(({ name, schema }) => !(name in spec.params.shape) || (schema as Described).figure)
      .flatMap(scalars)
      .map(resultField),
    drawings: result.flatMap(drawings),
    warnings: result.filter(({ schema }) => (schema as Described).warns).map(({ name }) => name),
    table: list ? { field: list.name, columns: columns(list.schema).map(resultField) } : null,
  }
}

type JsonSchema = z.core.JSONSchema.JSONSchema

interface Property {
  readonly name: string
  readonly schema: JsonSchema
}

function properties({ properties = {} }: JsonSchema): Property[] {
  return Object.entries(properties).flatMap(([name, schema]) =>
    typeof schema === 'boolean' ? [] : [{ name, schema: withoutNull(schema) }],
  )
}

/** What a value is when it is there. */
function withoutNull({ anyOf, ...rest }: JsonSchema): JsonSchema {
  const there = anyOf?.filter((one) => one.type !== 'null')
  return there?.length === 1 ? { ...there[0], ...rest } : { anyOf, ...rest }
}

/** Single values of the rows; of rows of several kinds, those of any of them. */
function columns({ items }: JsonSchema): Property[] {
  if (!items || typeof items !== 'object' || Array.isArray(items)) return []
  const kinds = items.oneOf ?? items.anyOf ?? [items]
  const byName = new Map(kinds.flatMap(properties).map((property) => [property.name, property]))
  return [...byName.values()].filter(({ schema }) => isScalar(schema))
}

/** The values of an object, by their paths; none of one that is drawn. */
const inside = ({ name, schema }: Property): Property[] =>
  schema.type === 'object' && !(schema as Described).draw
    ? properties(schema).map((property) => ({ ...property, name: `${name}.${property.name}` }))
    : []

const scalars = (property: Property): Property[] =>
  isScalar(property.schema) ? [property] : inside(property).flatMap(scalars)

function drawings(property: Property): Drawing[] {
  const { draw } = property.schema as Described
  return draw ? [{ name: property.name, title: resultField(property).title, draw }] : inside(property).flatMap(drawings)
}

/** With what our schemas say beyond the standard, for people. */
type Described = JsonSchema &
  Pick<ResultField, 'unit' | 'words'> &
  Partial<Pick<Drawing, 'draw'>> & { warns?: boolean; figure?: boolean }

const SCALARS = ['integer', 'number', 'string', 'boolean']

const isScalar = ({ type }: JsonSchema): boolean => typeof type === 'string' && SCALARS.includes(type)

function resultField({ name, schema }: Property): ResultField {
  const { title = readable(name), description: help, type, unit, words } = schema as Described
  return { name, title, help, fraction: type === 'number', unit, words }
}

/** `attributes.best_score` becomes `Best score`. */
function readable(path: string): string {
  const words = path.slice(path.lastIndexOf('.') + 1).replaceAll('_', ' ')
  return words.length === 1 ? words : words[0].toUpperCase() + words.slice(1)
}
