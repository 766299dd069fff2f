import { toServer } from './to-server'

const FRESH_MS = 15_000
const ANSWER_MS = 2_000

/** Asks whether the real server answers, at most every quarter of a minute. */
export function createServerProbe(): () => Promise<boolean> {
  let last: { readonly at: number; readonly answer: Promise<boolean> } | undefined
  return () => {
    if (!last || performance.now() - last.at > FRESH_MS) last = { at: performance.now(), answer: ask() }
    return last.answer
  }
}

async function ask(): Promise<boolean> {
  try {
    const response = await fetch('/health/live', { headers: toServer, signal: AbortSignal.timeout(ANSWER_MS) })
    return response.ok
  } catch {
    return false
  }
}
