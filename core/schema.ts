import * as z from 'zod'

/** What a value must be, whatever its range: `integer`, `number`, `boolean`, `string`, `enum`, `array`, `object` … */
export type Kind = 'integer' | z.core.$ZodTypeDef['type']

/** The kind of value that belongs at `path`; undefined where the schema has nothing of that name. */
export function kindAt(schema: z.core.$ZodType, path: readonly (string | number)[]): Kind | undefined {
  const [found] = path.reduce((outer, key) => outer.flatMap((one) => members(one, key)), unwrapped(schema))
  if (!found) return undefined
  return found instanceof z.ZodNumber && found.isInt ? 'integer' : found._zod.def.type
}

function members(schema: z.core.$ZodType, key: string | number): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, key) ? unwrapped(schema.shape[key]) : []
  return schema instanceof z.ZodArray ? unwrapped(schema.element) : []
}

/** What is inside of defaults and the like: one schema, or each option of a union. */
function unwrapped(schema: z.core.$ZodType): z.core.$ZodType[] {
  const wraps =
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  if (wraps) return unwrapped(schema.unwrap())
  return schema instanceof z.ZodUnion ? schema.options.flatMap(unwrapped) : [schema]
}
