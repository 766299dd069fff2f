import * as z from 'zod'

export const ToolSettings = z
  .object({
    tool: z.string().meta({ description: 'The tool’s word, such as `template`' }),
    params: z.record(z.string(), z.unknown()).meta({ description: 'All parameters, defaults filled in' }),
  })
  .meta({ title: 'Settings' })
