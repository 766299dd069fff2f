import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { ToolError } from '../../../core/errors'
import { callerOf } from '../access/caller'
import type { Gate } from '../access/gate'
import { bearerIn } from '../access/identify'
import type { Metrics } from '../metrics'
import { OPEN_METRICS_TYPE, PROMETHEUS_TYPE, toOpenMetrics, wantsOpenMetrics } from '../open-metrics'
import { defineRoute, type Route } from '../route'

/**
 * @param metrics left out where nothing is counted
 * @param gate left out where everybody may read them
 */
export const metricsRoute = (metrics: Metrics | undefined, gate: Gate | undefined): Route =>
  defineRoute({
    method: 'get',
    path: '/metrics',
    access: 'public', // the handler knows one more way in
    operation: {
      id: 'getMetrics',
      tag: 'Service',
      summary: 'Counts for Prometheus',
      description: `In the text format 0.0.4, or as OpenMetrics 1.0 where \`Accept\` prefers that. Each process counts what it did itself; \`darkroom_queue_depth\` and \`darkroom_tasks_running\` are the same for all.\n\nOn a server that only its own machine reaches everybody may read it; elsewhere send \`Authorization: Bearer\` with \`METRICS_TOKEN\`, or a key as \`X-API-Key\`.`,
      answers: {
        200: { description: 'The counts', type: 'text/plain', example: EXAMPLE },
      },
      refusals: [401, 404],
      shell: 'curl $HOST/metrics',
    },
    handle: async (c) => {
      if (gate && !mayRead(c, gate)) throw new HTTPException(401, { message: TOKEN_MISSING })
      if (!metrics) throw new ToolError('not-found', 'Metrics disabled')
      const text = await metrics.expose()
      return wantsOpenMetrics(c.req.header('Accept'))
        ? c.body(toOpenMetrics(text), 200, { 'Content-Type': OPEN_METRICS_TYPE })
        : c.body(text, 200, { 'Content-Type': PROMETHEUS_TYPE })
    },
  })

const TOKEN_MISSING = 'Send METRICS_TOKEN as "Authorization: Bearer", or a key as X-API-Key'

function mayRead(c: Context, gate: Gate): boolean {
  const token = bearerIn(c)
  return callerOf(c).kind !== 'anyone' || (token !== undefined && gate.isMetricsToken(token))
}

const EXAMPLE = `# HELP darkroom_http_requests_total Answered requests of the API
# TYPE darkroom_http_requests_total counter
darkroom_http_requests_total{method="POST",route="/api/v1/remove-watermark",status="200"} 1230
`
