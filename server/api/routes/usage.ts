import * as z from 'zod'
import { ToolError } from '../../../core/errors'
import { callerOf } from '../access/caller'
import type { Gate } from '../access/gate'
import { toUsageObject, UsageObject } from '../contracts/access'
import { defineRoute, type Route } from '../route'
import { managedUser } from './managed-user'
import { needGate } from './need-gate'

const Asked = z.object({
  user_id: z.string().optional().meta({ description: 'Of whom; of the sender where left out' }),
  days: z.int().min(1).max(92).default(30).meta({ description: 'How far back `days`, `latency` and `errors` go' }),
})

/** What the dashboard shows. */
export const usageRoute = (gate: Gate | undefined): Route =>
  defineRoute({
    method: 'get',
    path: '/api/v1/usage',
    query: Asked,
    operation: {
      id: 'getUsage',
      tag: 'Access',
      summary: 'What a user has used',
      description: 'Quota and rate now, and of each key what became of its requests.',
      answers: { 200: { description: 'The usage', schema: UsageObject } },
      refusals: [401, 404, 503],
      shell: 'curl -H "X-API-Key: $KEY" "$HOST/api/v1/usage?days=30"',
    },
    handle: async (c, { query: { user_id, days } }) => {
      const { accounts } = needGate(gate)
      const caller = callerOf(c)
      const own = caller.kind === 'key' ? caller.holder.userId : undefined
      const user = user_id ?? own
      if (user === undefined) throw new ToolError('not-found', 'Say in user_id whose usage is asked for')
      const seen = managedUser(c)
      const usage = seen === undefined || seen === user ? await accounts.usage(user, days) : undefined
      if (!usage) throw new ToolError('not-found', 'User not found')
      return c.json(toUsageObject(usage))
    },
  })
