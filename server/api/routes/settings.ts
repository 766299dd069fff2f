import type { Context } from 'hono'
import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import type { Spec } from '../../../core/operator'
import type { Tool } from '../../../operators/registry'
import { ToolSettings } from '../contracts/settings'
import type { Engine } from '../engine'
import { jsonBody, readJson } from '../json-body'
import { schemaName } from '../openapi/names'
import { hasSettings, presetsOf } from '../presets'
import { defineRoute, type Route } from '../route'

export function settingsRoutes(engine: Engine, tools: readonly Tool[]): readonly Route[] {
  const specs = tools.map(({ spec }) => spec).filter(hasSettings)
  const words = specs.map(({ tool }) => tool)
  const params = z.object({ tool: z.string().meta({ description: 'The tool’s word', enum: words }) })
  const find = (word: string): Spec => {
    const found = specs.find(({ tool }) => tool === word)
    if (!found) throw new ToolError('not-found', `"${word}" has no settings; these tools have: ${words.join(', ')}`)
    return found
  }
  const answer = async (spec: Spec) => ({
    tool: spec.tool,
    params: spec.params.parse(await presetsOf(spec, engine.settings)),
  })

  const read = defineRoute({
    method: 'get',
    path: '/api/v1/settings/{tool}',
    params,
    operation: {
      id: 'getSettings',
      tag: 'Settings',
      summary: 'Read the settings of a tool',
      answers: { 200: { description: 'What a POST has in place of a parameter left out', schema: ToolSettings } },
      refusals: [404],
      shell: 'curl $HOST/api/v1/settings/template',
    },
    handle: async (c, { params: { tool } }) => c.json(await answer(find(tool))),
  })

  const write = defineRoute({
    method: 'put',
    path: '/api/v1/settings/{tool}',
    params,
    operation: {
      id: 'putSettings',
      tag: 'Settings',
      summary: 'Change the settings of a tool',
      description:
        'Replaces them all: a parameter that is left out has the tool’s own default again. Takes the parameters alone, or the whole object as the GET answers it. Steps of a chain do not use settings, so that a saved chain gives the same answer everywhere.',
      body: jsonBody({ anyOf: specs.map((spec) => ({ $ref: `#/components/schemas/${schemaName(spec, 'Params')}` })) }),
      answers: { 200: { description: 'The settings as they now are', schema: ToolSettings } },
      refusals: [404, 413],
      shell: `curl -X PUT -H 'Content-Type: application/json' -d '{"threshold": 0.9}' $HOST/api/v1/settings/template`,
    },
    handle: async (c, { params: { tool } }) => {
      const spec = find(tool)
      await engine.settings.write(spec.id, await readParams(c, spec))
      return c.json(await answer(spec))
    },
  })
  return [read, write]
}

/** The parameters of a body, which may also be all that the GET answers, with the tool that is in the path. */
async function readParams(c: Context, spec: Spec): Promise<Record<string, unknown>> {
  const params = withoutDefaults(spec)
  const whole = z.strictObject({ tool: z.literal(spec.tool).optional(), params })
  const isWhole = (sent: unknown): sent is z.output<typeof whole> =>
    typeof sent === 'object' && sent !== null && 'params' in sent && !('params' in spec.params.shape)
  const sent = await readJson<z.ZodType<Record<string, unknown>>>(c, (body) => (isWhole(body) ? whole : params))
  return isWhole(sent) ? sent.params : sent
}

/** Only what was sent is kept, so that a default that a later version changes is the new one. */
function withoutDefaults({ params }: Spec): z.ZodObject {
  const shape = Object.entries(params.shape).map(([name, schema]) => [
    name,
    z.optional(schema instanceof z.ZodDefault ? schema.unwrap() : schema),
  ])
  return z.strictObject(Object.fromEntries(shape))
}
