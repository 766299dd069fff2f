import type { Field, StepsField } from '../tools/fields'
import { recall, remember } from './local-storage'

export type Params = Readonly<Record<string, unknown>>

export const defaults = (fields: readonly Field[]): Params =>
  Object.fromEntries(fields.map(({ name, initial }) => [name, initial]))

/** Lists are the same when they say the same. */
export const sameValue = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)

/** As REST takes it: lists are JSON. */
export const asText = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const COLOR = /^#[0-9a-f]{6}$/i

/** Whether a remembered or linked value is one that the control could have made. */
function fits(field: Field, value: unknown): boolean {
  if (field.control === 'steps') return Array.isArray(value) && value.every((step) => isStep(field, step))
  const { control, min = -Infinity, max = Infinity, options } = field
  if (control === 'switch') return typeof value === 'boolean'
  if (control === 'color') return typeof value === 'string' && COLOR.test(value)
  if (control === 'select' || control === 'model') return options?.some((option) => option === value) ?? false
  return typeof value === 'number' && value >= min && value <= max
}

function isStep({ choices }: StepsField, step: unknown): boolean {
  if (typeof step !== 'object' || step === null || !('tool' in step) || !('params' in step)) return false
  const fields = choices.find(({ tool }) => tool === step.tool)?.fields
  if (!fields || typeof step.params !== 'object' || step.params === null) return false
  return Object.entries(step.params).every(([name, value]) =>
    fields.some((field) => field.name === name && fits(field, value)),
  )
}

function fromText({ control }: Field, text: string): unknown {
  if (control === 'steps') return fromJson(text)
  if (control === 'select' || control === 'model' || control === 'color') return text
  if (control === 'switch') return text === 'true' ? true : text === 'false' ? false : undefined
  return text.trim() === '' ? undefined : Number(text)
}

/** Settings of a link; a value that does not fit is left out. */
export function paramsFromQuery(fields: readonly Field[], query: string): Params {
  const given = new URLSearchParams(query)
  return fitting(
    fields,
    Object.fromEntries(
      fields.flatMap((field) => {
        const text = given.get(field.name)
        return text === null ? [] : [[field.name, fromText(field, text)]]
      }),
    ),
  )
}

/** Settings for a link: only those that differ from the defaults, and never a picture. */
export function queryFromParams(fields: readonly Field[], params: Params): string {
  const changed = fields.filter(({ name, initial }) => !sameValue(params[name], initial))
  return new URLSearchParams(changed.map(({ name }) => [name, asText(params[name])])).toString()
}

export function recallParams(tool: string, fields: readonly Field[]): Params {
  const found = recall(`params.${tool}`)
  return fitting(fields, typeof found === 'object' && found !== null ? (found as Params) : {})
}

export const rememberParams = (tool: string, params: Params): void => remember(`params.${tool}`, params)

const fitting = (fields: readonly Field[], params: Params): Params =>
  Object.fromEntries(fields.filter((field) => fits(field, params[field.name])).map(({ name }) => [name, params[name]]))
