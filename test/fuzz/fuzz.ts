import { seeded } from '../support'
import type { Random } from './mutate'
import type { FuzzServer } from './server'
import type { Sent, Target } from './targets'

export interface Outcome {
  readonly target: string
  readonly sent: number
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<number, number>>
  readonly slowestMs: number
  /** What must not be, with what it takes to see it again. */
  readonly findings: readonly string[]
}

interface Options {
  readonly count: number
  readonly seed: number
}

const FIRST_SERVER_ERROR = 500
/** The server itself ends a decoder that takes a minute, and a run of this server that takes 20 s: no answer by then is a hang. */
const LIMIT_MS = 90_000
const BATCH = 50

/**
 * Sends `count` spoilt requests, and after each fifty a good one.
 *
 * Findings are a status from 500, an answer that takes too long, a compute process that ended, a good request that is
 * refused, and a task whose failure is our fault.
 */
export async function fuzz(server: FuzzServer, target: Target, good: Sent, options: Options): Promise<Outcome> {
  const statuses: Record<number, number> = {}
  const findings: string[] = []
  let slowestMs = 0
  for (let first = 0; first < options.count; first += BATCH) {
    const before = server.processes()
    for (let i = first; i < Math.min(first + BATCH, options.count); i++) {
      const seed = seedOf(options.seed, i)
      const { status, ms, complaint } = await once(server, target, seeded(seed))
      statuses[status] = (statuses[status] ?? 0) + 1
      slowestMs = Math.max(slowestMs, ms)
      if (complaint) findings.push(`${target.name} ${options.seed}:${i}: ${complaint}`)
    }
    findings.push(
      ...(await check(server, good, before)).map((what) => `${target.name} ${options.seed}:${first}..: ${what}`),
    )
  }
  return { target: target.name, sent: options.count, statuses, slowestMs: Math.round(slowestMs), findings }
}

/** Another for each request, so that one of them can be sent again by itself. */
export const seedOf = (seed: number, i: number): number =>
  (Math.imul(seed, 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca6b)) >>> 0

async function once(server: FuzzServer, target: Target, random: Random) {
  for (let i = 0; i < 3; i++) random() // the first numbers of seeds that are alike are alike
  const sent = target.request(random)
  const failures = server.failures.length
  const start = performance.now()
  const answer = await answerOf(server, sent)
  const ms = performance.now() - start
  const isOurs = answer.status >= FIRST_SERVER_ERROR && `answered ${answer.status} ${answer.text.slice(0, 200)}`
  const logged = server.failures.slice(failures).map((error) => (error instanceof Error ? error.stack : String(error)))
  const complaint = [isOurs, ...logged].filter(Boolean).join('\n  ')
  return {
    status: answer.status,
    ms,
    complaint: complaint && `${sent.init.method ?? 'GET'} ${sent.path.slice(0, 200)} ${complaint}`,
  }
}

async function answerOf(server: FuzzServer, sent: Sent): Promise<{ status: number; text: string }> {
  let timer: NodeJS.Timeout | undefined
  const never = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT_MS / 1000} s`)), LIMIT_MS)
  })
  try {
    return await Promise.race([
      never,
      server.ask(sent).then(async (it) => ({ status: it.status, text: await it.text() })),
    ])
  } catch (error) {
    return { status: 599, text: `threw ${error instanceof Error ? error.stack : error}` }
  } finally {
    clearTimeout(timer)
  }
}

async function check(server: FuzzServer, good: Sent, before: readonly number[]): Promise<string[]> {
  const { status } = await answerOf(server, good)
  const alive = server.processes()
  const lost = before.filter((id) => !alive.includes(id))
  const ours = (await server.failedTasks()).filter(({ code }) => code === 'internal' || code === 'timeout')
  return [
    ...(status >= 400 ? [`a good request is answered ${status}`] : []),
    ...lost.map((id) => `compute process ${id} ended`),
    ...ours.map(({ tool, code }) => `a task of ${tool} ended as ${code}`),
  ]
}
