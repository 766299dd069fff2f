import * as z from 'zod'
import { Readiness, Service } from '../contracts/service'
import type { Engine } from '../engine'
import { defineRoute, type Route } from '../route'
import { VERSION } from '../version'

export const serviceRoutes = (engine: Engine): readonly Route[] => [root(engine), ...healthRoutes(engine)]

/** Whether a process runs, and whether it can do its work. */
export const healthRoutes = (engine: Engine): readonly Route[] => [live, ready(engine)]

function root(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/',
    access: 'public',
    operation: {
      id: 'getService',
      tag: 'Service',
      summary: 'What runs here',
      description: 'Asked with `Accept: application/json`; a browser gets the page.',
      answers: { 200: { description: 'The service', schema: Service } },
      shell: 'curl -H "Accept: application/json" $HOST/',
    },
    handle: (c) => {
      const { model, device } = engine.describe()
      return c.json({ service: 'darkroom', version: VERSION, status: 'running', model, device, docs: '/docs' })
    },
  })
}

const live: Route = defineRoute({
  method: 'get',
  path: '/health/live',
  access: 'public',
  operation: {
    id: 'isLive',
    tag: 'Service',
    summary: 'Whether the process answers',
    answers: { 200: { description: 'It does', schema: z.object({ status: z.literal('live') }) } },
    shell: 'curl $HOST/health/live',
  },
  handle: (c) => c.json({ status: 'live' }),
})

function ready(engine: Engine): Route {
  return defineRoute({
    method: 'get',
    path: '/health/ready',
    access: 'public',
    operation: {
      id: 'isReady',
      tag: 'Service',
      summary: 'Whether tasks can be taken',
      answers: {
        200: { description: 'They can', schema: Readiness },
        503: { description: 'They cannot, and `parts` says why', schema: Readiness },
      },
      shell: 'curl $HOST/health/ready',
    },
    handle: async (c) => {
      const health = await engine.health()
      return c.json({ status: health.ready ? 'ready' : 'not ready', parts: health.parts }, health.ready ? 200 : 503)
    },
  })
}
