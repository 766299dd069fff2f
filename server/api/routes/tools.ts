import * as z from 'zod'
import type { Spec } from '../../../core/operator'
import type { Tool } from '../../../operators/registry'
import { defineRoute, type Route } from '../route'

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

export function toolsRoute(tools: readonly Tool[]): Route {
  const described = tools.map(({ spec }) => describe(spec))
  return defineRoute({
    method: 'get',
    path: '/api/v1/tools',
    access: 'public',
    operation: {
      id: 'listTools',
      tag: 'Tools',
      summary: 'List the tools',
      description: 'What each takes and gives, as JSON Schema.',
      answers: { 200: { description: 'All tools, in menu order', schema: ToolList } },
      shell: 'curl $HOST/api/v1/tools',
    },
    handle: (c) => c.json({ tools: described }),
  })
}

const describe = (spec: Spec): z.infer<typeof ToolList>['tools'][number] => ({
  id: spec.id,
  tool: spec.tool,
  path: `/api/v1/${spec.path}`,
  title: spec.title,
  summary: spec.summary,
  inputs: [...spec.inputs],
  params: z.toJSONSchema(spec.params, { io: 'input' }),
  result: z.toJSONSchema(spec.result),
  artefacts: [...spec.artefacts],
  live: [...spec.live],
  text: spec.text,
})
