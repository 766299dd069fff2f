import * as z from 'zod'

export const Service = z
  .object({
    service: z.string(),
    version: z.string(),
    status: z.literal('running'),
    model: z.string().nullable().meta({ description: 'The model that runs by default, where there is one' }),
    device: z.string().meta({ description: 'What computes' }),
    docs: z.string(),
  })
  .meta({ title: 'Service' })

export const Readiness = z
  .object({
    status: z.enum(['ready', 'not ready']),
    parts: z.record(z.string(), z.string()).meta({ description: 'Part by part, such as `database`: `ok`' }),
  })
  .meta({ title: 'Readiness' })
