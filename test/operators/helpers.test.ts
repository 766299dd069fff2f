import { expect, onTestFinished, test } from 'vitest'
import { alone, type Part, type Team } from '../../core/parallel'
import { createHelper, type FromHelper, type Job, type ToHelper, take } from '../../operators/helper'
import { type HelperEvents, Helpers, type HelperThread } from '../../operators/helpers'
import { registry } from '../../operators/registry'

const numbers = Array.from({ length: 40 }, (_, i) => i)

/** Says which core did it, so that tests see who helped. */
const where: Part<{ core: string }, number, string> = {
  tool: 'match-surface',
  name: 'where',
  prepare: (shared) => (item) => `${item} by ${shared.core}`,
}

const never = async () => {}
const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Lets messages in between the items, as a host does now and then. */
const breathe = async () => nextTurn()

/** Helpers whose threads are what `answer` does with each job, a turn later. */
function helpersThat(answer: (job: Job, events: HelperEvents) => void, count = 1) {
  const heard: ToHelper[] = []
  const start = (events: HelperEvents): HelperThread => ({
    post(message) {
      heard.push(structuredClone(message))
      if (message.type === 'work') setImmediate(() => answer(message.job, events))
    },
    end: () => {},
  })
  let clock = 0
  const helpers = new Helpers(start, () => {
    clock += 1000 // any run is long enough to be helped
    return clock
  })
  onTestFinished(() => helpers.dispose())
  return { parallel: helpers.parallel(count + 1), heard }
}

const mapAll = (team: Team<{ core: string }>, checkpoint = breathe) => team.map(where, numbers, checkpoint)

const done = ({ progress }: Job, item: number) => Atomics.store(progress, item + 1, 1)

test('one core gives the answers in the order of the items', async () => {
  const answers = await mapAll(alone.gather({ core: 'the first' }))
  expect(answers).toEqual(numbers.map((item) => `${item} by the first`))
})

test('items are done once, by whoever takes them first, and answered in their order', async () => {
  const { parallel } = helpersThat((job, { heard }) => {
    for (let item = take(job); item < 30; item = take(job)) {
      heard({ job: job.id, item, answer: `${item} by another` })
      done(job, item)
    }
  })
  const answers = await mapAll(parallel.gather({ core: 'the first' }))
  expect(answers.map((answer) => Number(answer.split(' ')[0]))).toEqual(numbers)
  expect(answers).toContain('0 by the first')
  expect(answers).toContain('20 by another')
})

test('a thread that is slow with its item is not waited for', async () => {
  const { parallel } = helpersThat((job) => take(job))
  const answers = await mapAll(parallel.gather({ core: 'the first' }))
  expect(answers).toEqual(numbers.map((item) => `${item} by the first`))
})

test('what a thread took with it when it ended is done again', async () => {
  const { parallel } = helpersThat((job, { lost }) => {
    done(job, take(job)) // its answer never comes
    lost()
  })
  const answers = await mapAll(parallel.gather({ core: 'the first' }))
  expect(answers).toEqual(numbers.map((item) => `${item} by the first`))
})

test('a late answer to an earlier job changes nothing', async () => {
  const { parallel } = helpersThat((job, { heard }) => heard({ job: job.id - 1, item: 3, answer: 'nonsense' }))
  const team = parallel.gather({ core: 'the first' })
  await mapAll(team)
  expect(await mapAll(team)).not.toContain('nonsense')
})

test('after a cancel nobody takes another item', async () => {
  const jobs: Job[] = []
  const { parallel } = helpersThat((job) => jobs.push(job))
  const canceled = mapAll(parallel.gather({ core: 'the first' }), async () => {
    await nextTurn()
    if (jobs.length > 0) throw new Error('canceled')
  })
  await expect(canceled).rejects.toThrow('canceled')
  expect(take(jobs[0])).toBeGreaterThanOrEqual(numbers.length)
})

test('an error of an item is thrown to the one who asked', async () => {
  const { parallel } = helpersThat(() => {})
  const failing: Part<object, number, never> = {
    ...where,
    prepare: () => () => {
      throw new Error('no such point')
    },
  }
  await expect(parallel.gather({}).map(failing, numbers, never)).rejects.toThrow('no such point')
})

test('what is shared crosses in memory that all threads see', async () => {
  const { parallel, heard } = helpersThat(() => {})
  const places = Float32Array.of(1, 2, 3)
  await parallel.gather({ core: 'the first', cloud: { places, count: 1 } }).map(where, numbers, breathe)
  const gathered = heard.find(({ type }) => type === 'gather')
  expect(gathered).toMatchObject({ shared: { core: 'the first', cloud: { count: 1, places } } })
  const { shared } = gathered as { shared: { cloud: { places: Float32Array } } }
  expect(shared.cloud.places.buffer).toBeInstanceOf(SharedArrayBuffer)
})

test('a short run is left to its own core', async () => {
  const started: HelperEvents[] = []
  const start = (events: HelperEvents) => {
    started.push(events)
    return { post: () => {}, end: () => {} }
  }
  await mapAll(new Helpers(start, () => 0).parallel(4).gather({ core: 'the first' }))
  expect(started).toEqual([])
})

test('a helper that does not know the part leaves every item', async () => {
  const answers: FromHelper[] = []
  const hear = createHelper((answer) => answers.push(answer))
  const progress = new Int32Array(new SharedArrayBuffer(8))
  hear({ type: 'gather', shared: {} })
  hear({ type: 'work', job: { id: 1, tool: 'match-surface', part: 'unheard of', items: [0], progress } })
  await nextTurn()
  expect(answers).toEqual([])
  expect(progress[0]).toBe(0)
})

test.each(registry.filter(({ loadParts }) => loadParts).map((tool) => [tool.spec.id, tool] as const))(
  'the parts of %s are found by what they are called',
  async (id, { loadParts }) => {
    for (const [name, part] of Object.entries((await loadParts?.())?.parts ?? {})) {
      expect(part).toMatchObject({ tool: id, name })
    }
  },
)
