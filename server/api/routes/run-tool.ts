import type { Context } from 'hono'
import type { Spec } from '../../../core/operator'
import { inpaint } from '../../../operators/inpaint/spec'
import type { Tool } from '../../../operators/registry'
import { ownerOf } from '../access/caller'
import { toTaskObject } from '../contracts/matching'
import type { Engine, Received } from '../engine'
import { toolOperation } from '../openapi/tool-operation'
import { presetsOf } from '../presets'
import { InvalidRequest, sentIn } from '../request'
import { defineRoute, type Route } from '../route'
import { readToolForm } from '../tool-form'

/** One POST for each tool, so that a tool of the registry needs no line here. */
export const runToolRoutes = (engine: Engine, tools: readonly Tool[]): readonly Route[] =>
  tools.map(({ spec }) =>
    defineRoute({
      method: 'post',
      path: `/api/v1/${spec.path}`,
      access: METERED.includes(spec.id) ? 'metered' : 'member',
      operation: toolOperation(spec),
      handle: async (c) => {
        const received = await receive(engine, c, spec)
        try {
          const presets = await presetsOf(spec, engine.settings)
          const task = await engine.submit({ ...readToolForm(spec, received, presets), owner: ownerOf(c) })
          return c.json(toTaskObject(task, tools), 201, { Location: `/api/v1/tasks/${task.uid}` })
        } finally {
          await received.discard()
        }
      },
    }),
  )

/** Else a key could have by this way what its plan does not give it by the inpainting family's. */
const METERED: readonly string[] = [inpaint.id]

async function receive(engine: Engine, c: Context, spec: Spec): Promise<Received> {
  const type = c.req.header('Content-Type')
  if (type === undefined || !/^multipart\/form-data\b/i.test(type)) throw notAForm(spec, type)
  return engine.receive(c.req.raw)
}

/** A body of another kind has no fields at all: the answer says so, and names the files that are due. */
function notAForm({ inputs }: Spec, type: string | undefined): InvalidRequest {
  const missing = inputs
    .filter(({ optional }) => !optional)
    .map(({ name }) => ({ path: [name], type: 'missing', message: 'Field required' }))
  const message = 'Input should be multipart/form-data'
  return new InvalidRequest([
    { path: ['header', 'content-type'], type: 'value_error', message, input: type },
    ...sentIn('body', missing),
  ])
}
