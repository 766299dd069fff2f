import * as z from 'zod'

/** What a value must be, whatever its range: `integer`, `number`, `boolean`, `string`, `enum`, `array`, `object` … */
export type Kind = 'integer' | z.core.$ZodTypeDef['type']

/** The kind of value that belongs at `path`; undefined where the schema has nothing of that name. */
export function kindAt(schema: z.core.$ZodType, path: readonly (string | number)[]): Kind | undefined {
  const found = path.reduce<z.core.$ZodType | undefined>((outer, key) => outer && member(unwrapped(outer), key), schema)
  if (!found) return undefined
  const inner = unwrapped(found)
  return inner instanceof z.ZodNumber && inner.isInt ? 'integer' : inner._zod.def.type
}

function member(schema: z.core.$ZodType, key: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined
  return schema instanceof z.ZodArray ? schema.element : undefined
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const wraps = schema instanceof z.ZodDefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
  return wraps ? unwrapped(schema.unwrap()) : schema
}
