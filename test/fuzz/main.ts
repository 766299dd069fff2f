import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fuzz, type Outcome } from './fuzz'
import { goodRequest } from './good-request'
import { fuzzParsers } from './parsers'
import { openServer } from './server'
import { allTargets } from './targets'

// npm run fuzz -- [--count 2000] [--seed 1] [--only jpeg,ply,parsers]

const { values } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
})
const [count, seed] = [Number(values.count ?? 2000), Number(values.seed ?? 1)]
const only = values.only?.split(',')
const isWanted = ({ name }: { readonly name: string }) => !only || only.includes(name)

const folder = await mkdtemp(join(tmpdir(), 'darkroom-fuzz-'))
const server = await openServer(folder)
const findings: string[] = []
try {
  const show = (outcome: Outcome) => {
    const kinds = Object.entries(outcome.statuses).map(([status, n]) => `${status} × ${n}`)
    console.log(
      `${outcome.target.padEnd(10)} ${String(outcome.sent).padStart(7)}  slowest ${String(outcome.slowestMs).padStart(6)} ms  ${kinds.join(', ')}`,
    )
    for (const finding of outcome.findings) console.log(`FINDING ${finding}`)
    findings.push(...outcome.findings)
  }
  const targets = await allTargets(server.routes)
  for (const target of targets.filter(isWanted)) show(await fuzz(server, target, await goodRequest(), { count, seed }))
  if (!only || only.includes('parsers'))
    for (const outcome of await fuzzParsers({ count: count * 10, seed })) show(outcome)
  const { server: here, child } = server.peakMegabytes()
  console.log(`most memory: server ${here} MB, compute process ${child} MB`)
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}
console.log(findings.length === 0 ? 'no findings' : `${findings.length} findings`)
process.exit(findings.length === 0 ? 0 : 1)
