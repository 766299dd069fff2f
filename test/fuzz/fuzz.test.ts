import { expect, onTestFinished, test } from 'vitest'
import { dataFolder } from '../server/support'
import { fuzz } from './fuzz'
import { goodRequest } from './good-request'
import { fuzzParsers } from './parsers'
import { openServer } from './server'
import { allTargets } from './targets'

// The short form of `npm run fuzz`, which sends thousands.
const SEED = 2026
const COUNT = 12 // of each kind

test('nothing that is sent is answered by a 5xx, ends a process or keeps a good request from its answer', async () => {
  const server = await openServer(await dataFolder())
  onTestFinished(() => server.close())
  const findings: string[] = []
  for (const target of await allTargets(server.routes)) {
    const outcome = await fuzz(server, target, await goodRequest(), { count: COUNT, seed: SEED })
    expect(Object.values(outcome.statuses).reduce((sum, n) => sum + n, 0)).toBe(COUNT)
    findings.push(...outcome.findings)
  }
  expect(findings).toEqual([])
})

test('what reads files refuses a spoilt one, and throws nothing else', async () => {
  const outcomes = await fuzzParsers({ count: 300, seed: SEED })
  expect(outcomes.flatMap(({ findings }) => findings)).toEqual([])
  expect(outcomes.find(({ target }) => target === '[ply]')?.statuses).toMatchObject({ 200: expect.any(Number) })
})
