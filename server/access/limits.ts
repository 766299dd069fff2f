import { type Limits, PLAN_LIMITS } from '../api/access/plans'
import type { UserRow } from '../db/access-schema'

type Planned = Pick<UserRow, 'plan' | 'perMinute' | 'burst' | 'quota' | 'period'>

/** Of an enterprise user, what has been agreed; of others, the plan's. */
export function limitsOf({ plan, ...own }: Planned): Limits {
  const limits = PLAN_LIMITS[plan]
  if (plan !== 'enterprise') return limits
  return {
    perMinute: own.perMinute ?? limits.perMinute,
    burst: own.burst ?? limits.burst,
    quota: own.quota ?? limits.quota,
    period: own.period ?? limits.period,
  }
}
