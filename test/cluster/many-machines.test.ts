import { expect, test } from 'vitest'
import { onPostgres } from '../server/databases'
import { Machines } from './machines'
import { loseMachinesUnderLoad } from './many-machines'

// `npm run test:cluster` does the same with 2,000 tasks, and with an S3 server in place of a folder that all share.
const TASKS = 40

onPostgres('two APIs and three workers', ({ create }) => {
  test('one of each killed and one worker stopped under load: every task is done once and told of', {
    timeout: 300_000,
  }, async () => {
    const figures = await loseMachinesUnderLoad(new Machines(await create()), TASKS)
    expect(figures.accepted).toBe(TASKS)
  })
})
