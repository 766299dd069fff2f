import * as z from 'zod'
import type { ArtefactSpec, LayerSpec, Sample, Slot, Spec } from '../../core/operator'
import type { SpecText } from '../../core/text'
import { type Field, fields } from './fields'
import { type IconNode, iconNode } from './icon-node'

export interface ResultField {
  readonly name: string
  readonly title: string
  readonly help?: string
  /** A number that need not be whole. */
  readonly fraction: boolean
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
  readonly inputs: readonly Slot[]
  readonly batch: string
  readonly fields: readonly Field[]
  /** Single values of `result_data`, without those that repeat a parameter. */
  readonly figures: readonly ResultField[]
  /** The first list of `result_data`. */
  readonly table: { readonly field: string; readonly columns: readonly ResultField[] } | null
  readonly artefacts: readonly ArtefactSpec[]
  readonly layers: readonly LayerSpec[]
  readonly live: readonly string[]
  readonly samples: readonly Sample[]
  readonly text: SpecText
}

export async function toCard(spec: Spec): Promise<ToolCard> {
  const { id, path, title, summary, icon, inputs, batch, artefacts, layers, live, samples, text } = spec
  const result = properties(spec.result)
  const list = result.find(({ schema }) => schema.type === 'array')
  return {
    icon: await iconNode(icon),
    ...{ id, path, title, summary, inputs, batch, artefacts, layers, live, samples, text },
    fields: fields(spec.params),
    figures: result
      .filter(({ name, schema }) => !(name in spec.params.shape) && schema.type !== 'array' && schema.type !== 'object')
      .map(resultField),
    table: list ? { field: list.name, columns: rowProperties(list.schema).map(resultField) } : null,
  }
}

type JsonSchema = z.core.JSONSchema.JSONSchema

interface Property {
  readonly name: string
  readonly schema: JsonSchema
}

const properties = (schema: z.ZodObject): Property[] => propertiesOf(z.toJSONSchema(schema, { io: 'output' }))

function rowProperties({ items }: JsonSchema): Property[] {
  return items && typeof items === 'object' && !Array.isArray(items) ? propertiesOf(items) : []
}

function propertiesOf({ properties = {} }: JsonSchema): Property[] {
  return Object.entries(properties).flatMap(([name, schema]) => (typeof schema === 'boolean' ? [] : [{ name, schema }]))
}

function resultField({ name, schema }: Property): ResultField {
  return { name, title: schema.title ?? readable(name), help: schema.description, fraction: schema.type === 'number' }
}

/** `best_score` becomes `Best score`. */
function readable(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.length === 1 ? words : words[0].toUpperCase() + words.slice(1)
}
