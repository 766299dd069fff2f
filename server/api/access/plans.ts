import * as z from 'zod'

export const PLANS = ['free', 'basic', 'pro', 'enterprise'] as const
export const PlanName = z.enum(PLANS)
export type PlanName = z.infer<typeof PlanName>

/** What one user may ask for. */
export interface Limits {
  /** Requests a minute in the long run. */
  readonly perMinute: number
  /** Most requests at once, after a pause. */
  readonly burst: number
  /** Most pictures in a `period`; null is any number. */
  readonly quota: number | null
  /** In UTC. */
  readonly period: 'day' | 'month'
}

/** The contract's table. An enterprise user's own numbers take the place of these. */
export const PLAN_LIMITS: Readonly<Record<PlanName, Limits>> = {
  free: { perMinute: 2, burst: 5, quota: 10, period: 'day' },
  basic: { perMinute: 10, burst: 20, quota: 3000, period: 'month' },
  pro: { perMinute: 30, burst: 60, quota: 20_000, period: 'month' },
  enterprise: { perMinute: 120, burst: 240, quota: null, period: 'month' },
}

/** Of one address, whoever asks: 10 requests a second. */
export const ADDRESS_LIMITS: Limits = { perMinute: 600, burst: 20, quota: null, period: 'month' }
