import { z } from 'zod'

declare module 'zod' {
  interface GlobalMeta {
    /** What a value must be, as the end of the sentence "X must be …". */
    right?: string
  }
}

/** What the given variables are once read. */
export type Values<Variables extends z.ZodRawShape> = z.output<z.ZodObject<Variables>>

export const BYTES_PER_MB = 1_000_000

export const whole = (fallback: number, min: number, max: number, description: string, unit = '') =>
  z.coerce
    .number()
    .int()
    .min(min)
    .max(max)
    .default(fallback)
    .meta({ description, right: `a whole number${unit} from ${min} to ${max}` })

export const flag = (fallback: boolean, description: string) =>
  z
    .enum(['true', 'false'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true')
    .meta({ description, right: 'true or false' })

/** Items separated by commas, without the blanks around them; nothing is an empty list. */
export const list = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .pipe(z.array(item))
