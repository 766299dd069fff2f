import type { Context } from 'hono'
import * as z from 'zod'
import type { Spec } from '../../../core/operator'
import type { Tool } from '../../../operators/registry'
import { TaskObject, toTaskObject } from '../contracts/matching'
import type { Engine } from '../engine'
import { pascal } from '../openapi/components'
import { exampleTask } from '../openapi/example-task'
import { InvalidRequest, sentIn } from '../request'
import { defineRoute, type Route } from '../route'
import { readToolForm } from '../tool-form'

/** One POST for each tool, from its spec alone. */
export const runToolRoutes = (engine: Engine, tools: readonly Tool[]): readonly Route[] =>
  tools.map(({ spec }) =>
    defineRoute({
      method: 'post',
      path: `/api/v1/${spec.path}`,
      operation: {
        id: `run${pascal(spec.id)}`,
        tag: 'Tools',
        summary: spec.title,
        description: describe(spec),
        body: formBody(spec),
        answers: {
          201: { description: 'The task, queued', schema: TaskObject, example: exampleTask(spec) },
        },
        refusals: [400, 413, 422, 503],
        shell: curl(spec),
      },
      handle: async (c) => {
        const received = await receive(engine, c, spec)
        try {
          const task = await engine.submit({ ...readToolForm(spec, received), owner: null })
          return c.json(toTaskObject(task, tools), 201, { Location: `/api/v1/tasks/${task.uid}` })
        } finally {
          await received.discard()
        }
      },
    }),
  )

/** A body of another kind has no fields at all: the answer says so, and names the files that are due. */
function receive(engine: Engine, c: Context, spec: Spec) {
  const type = c.req.header('Content-Type')
  if (type !== undefined && /^multipart\/form-data\b/i.test(type)) return engine.receive(c.req.raw)
  const wrong = { type: 'value_error', message: 'Input should be multipart/form-data', input: type }
  throw new InvalidRequest([
    { path: ['header', 'content-type'], ...wrong },
    ...sentIn(
      'body',
      spec.inputs.map(({ name }) => ({ path: [name], type: 'missing', message: 'Field required' })),
    ),
  ])
}

function describe({ summary, artefacts, inputs, id }: Spec): string {
  const files = inputs.map(({ name }) => `\`${name}\``).join(' and ')
  const made = artefacts.map(({ name, title }) => `\`${name}.png\` (${title.toLowerCase()})`).join(', ')
  return [
    summary,
    `Send ${files} as files, each a PNG, JPEG, WebP, GIF, BMP, TIFF or AVIF. A parameter that is left out has its default.`,
    `When the task is \`done\`, \`result_data\` is a \`${pascal(id)}Result\` and \`result_files\` has ${made}.`,
  ].join('\n\n')
}

function formBody(spec: Spec): Record<string, unknown> {
  const params = z.toJSONSchema(spec.params, { io: 'input' })
  const files = spec.inputs.map(({ name, title, help }) => [
    name,
    { type: 'string', format: 'binary', title, description: help },
  ])
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: {
          type: 'object',
          properties: { ...Object.fromEntries(files), ...params.properties },
          required: [...spec.inputs.map(({ name }) => name), ...(params.required ?? [])],
          additionalProperties: false,
        },
      },
    },
  }
}

const curl = ({ inputs, path }: Spec): string =>
  ['curl', ...inputs.map(({ name }) => `-F ${name}=@${name}.png`), `$HOST/api/v1/${path}`].join(' \\\n  ')
