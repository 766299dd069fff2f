import * as z from 'zod'
import type { Spec } from '../../../core/operator'
import type { Tool } from '../../../operators/registry'
import { ToolList } from '../contracts/tools'
import { defineRoute, type Route } from '../route'

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
