import type { PlanName } from '../../server/api/access/plans'

/** Names, so they are the same in every language. */
export const PLAN_TITLES: Readonly<Record<PlanName, string>> = {
  free: 'Free',
  basic: 'Basic',
  pro: 'Pro',
  enterprise: 'Enterprise',
}
