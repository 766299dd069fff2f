import type { Usage } from '../../workers/accounts-client'

/** What became of the requests of one day, in UTC. */
export interface Day {
  /** `2026-11-21` */
  readonly day: string
  readonly success: number
  readonly failed: number
}

const DAY_MS = 86_400_000

/** As many days as asked for, the last of them today: those without a request too. */
export function everyDay(days: Usage['days'], count: number, now = new Date()): Day[] {
  const known = new Map(days.map((day) => [day.day, day]))
  return Array.from({ length: count }, (_, i) => {
    const day = new Date(now.getTime() - (count - 1 - i) * DAY_MS).toISOString().slice(0, 10)
    const { success = 0, failed = 0 } = known.get(day) ?? {}
    return { day, success, failed }
  })
}

export function sumOf(days: readonly Day[]): { readonly total: number; readonly success: number } {
  const success = days.reduce((sum, day) => sum + day.success, 0)
  return { success, total: days.reduce((sum, day) => sum + day.failed, success) }
}

const STEPS = [1, 2, 5, 10]

/** Whole numbers for the lines of an axis that goes from 0 to at least `most`: three or four steps, of 1, 2 or 5. */
export function ticks(most: number): number[] {
  const rough = Math.max(1, most) / 4
  const power = 10 ** Math.floor(Math.log10(Math.max(1, rough)))
  const step = power * (STEPS.find((one) => one * power >= rough) ?? 10)
  const count = Math.max(1, Math.ceil(most / step))
  return Array.from({ length: count + 1 }, (_, i) => i * step)
}
