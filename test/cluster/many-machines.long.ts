import { expect, test } from 'vitest'
import { Machines } from './machines'
import { loseMachinesUnderLoad } from './many-machines'
import { onSharedServices } from './services'

const TASKS = Number(process.env.CLUSTER_TASKS ?? 2000)
const LONGEST_MS = 120_000 + TASKS * 2000 // a swift on the same two cores answers some eighteen calls for each

onSharedServices('two APIs and three workers on PostgreSQL and S3', (services) => {
  test(`one of each killed and one worker stopped under load of ${TASKS} tasks: every task is done once and told of`, {
    timeout: LONGEST_MS,
  }, async () => {
    const figures = await loseMachinesUnderLoad(new Machines(await services().create()), TASKS)
    console.log(figures)
    expect(figures.accepted).toBe(TASKS)
  })
})
