import * as z from 'zod'

export interface Field {
  readonly name: string
  readonly title: string
  readonly help?: string
  readonly control: 'slider' | 'number' | 'switch' | 'select'
  readonly initial: unknown
  readonly min?: number
  readonly max?: number
  readonly step?: number
  readonly options?: readonly string[]
}

// JSON Schema gives an integer without a bound the largest safe one, which is no bound for people.
const bound = (value?: number) =>
  value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value

/** One control per parameter, read from the same schema the REST body is checked against. */
export function fields(params: z.ZodObject): Field[] {
  const { properties = {} } = z.toJSONSchema(params, { io: 'input' })
  return Object.entries(properties).map(([name, property]) => {
    if (typeof property === 'boolean') throw new TypeError(`Parameter ${name} has no type`)
    const { type, enum: options, title = name, description: help } = property
    const [min, max] = [bound(property.minimum), bound(property.maximum)]
    const step = (property as { step?: number }).step ?? (type === 'integer' ? 1 : undefined)
    const control =
      type === 'boolean' ? 'switch' : options ? 'select' : min !== undefined && max !== undefined ? 'slider' : 'number'
    return { name, title, help, control, initial: property.default, min, max, step, options: options?.map(String) }
  })
}
