import * as z from 'zod'

const jsonSchema = z.record(z.string(), z.unknown())
const titled = z.object({ name: z.string(), title: z.string() })

export const ToolList = z
  .object({
    tools: z.array(
      z.object({
        id: z.string(),
        tool: z.string().meta({ description: 'The tool’s word in tasks' }),
        path: z.string().meta({ description: 'Where to POST' }),
        title: z.string(),
        summary: z.string(),
        inputs: z.array(
          z.object({
            ...titled.shape,
            kind: z.string(),
            help: z.string().optional(),
            optional: z.boolean().optional(),
          }),
        ),
        params: jsonSchema.meta({ description: 'JSON Schema of the parameters' }),
        result: jsonSchema.meta({ description: 'JSON Schema of `result_data`' }),
        artefacts: z.array(titled).meta({ description: 'Files the tool makes: `{name}.png` unless told otherwise' }),
        live: z.array(z.string()).meta({ description: 'Parameters that only filter what was found' }),
        text: jsonSchema.meta({ description: 'The words above in other languages' }),
      }),
    ),
  })
  .meta({ title: 'Tools' })
