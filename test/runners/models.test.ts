import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Backend, BackendLostError, type Session } from '../../core/inference/backend'
import type { Choice } from '../../core/inference/choose'
import { Models } from '../../core/inference/models'
import type { Tensor } from '../../core/ports'
import type { Model } from '../../models/model'
import { nodeBackends } from '../../server/adapters/ort-node'
import { curved, linear, notANumber, tinyModel, writeTiny } from './tiny-models'

const folder = mkdtempSync(join(tmpdir(), 'tiny-models-'))
afterAll(() => rmSync(folder, { recursive: true }))

const doubling = tinyModel(linear, { id: 'doubling' })
const single = tinyModel(linear, { id: 'single', batch: 1 })
const curve = tinyModel(curved, { id: 'curve' })
const broken = tinyModel(notANumber, { id: 'broken' })
const brokenUnproven = tinyModel(notANumber, { id: 'broken-unproven', golden: undefined })
const unproven = tinyModel(linear, { id: 'unproven', golden: undefined })
const recipes = { doubling: linear, single: linear, curve: curved, broken: notANumber, unproven: linear }
const paths = new Map(
  [doubling, single, curve, broken, brokenUnproven, unproven].map((model) => [
    model.id,
    writeTiny(folder, recipes[model.id as keyof typeof recipes] ?? notANumber, model),
  ]),
)

const [cpu] = nodeBackends('cpu', 1)

/** The CPU under another name, with something about its sessions changed. */
function like(
  name: string,
  change: (session: Session, model: Model) => Partial<Session> = () => ({}),
): Backend<string> {
  return {
    name,
    open: async (model, path) => {
      const session = await cpu.open(model, path)
      const { run = session.run, release = session.release } = change(session, model)
      return { run, release }
    },
  }
}

const offByOne = like('WebGPU', ({ run }) => ({
  run: async (feeds) => mapData(await run(feeds), (value) => value + 1),
}))
const makesNaN = like('WebGPU', ({ run }) => ({ run: async (feeds) => mapData(await run(feeds), () => Number.NaN) }))
const cannotOpen: Backend<string> = {
  name: 'WebGPU',
  open: () => Promise.reject(new Error('there is no adapter')),
}

function mapData(outputs: Record<string, Tensor>, change: (value: number) => number): Record<string, Tensor> {
  const changed = ({ dims, data }: Tensor) => ({ dims, data: Float32Array.from(data as Float32Array, change) })
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [name, changed(tensor)]))
}

interface Over {
  readonly memoryBytes?: number
  readonly choices?: Map<string, Choice>
  now?(): number
}

function host(backends: readonly Backend<string>[], { memoryBytes = 1e9, choices = new Map(), now }: Over = {}) {
  const all = [doubling, single, curve, broken, brokenUnproven, unproven]
  let loads = 0
  const models = new Models<string>({
    find: (id) => all.find((model) => model.id === id),
    source: {
      has: async ({ id }) => paths.has(id),
      load: async ({ id }) => {
        loads++
        return paths.get(id) ?? ''
      },
    },
    backends: async () => backends,
    choices: {
      recall: async ({ id }) => choices.get(id),
      remember: async ({ id }, choice) => void choices.set(id, choice),
    },
    memoryBytes,
    now: now ?? (() => performance.now()),
  })
  return { models, choices, loads: () => loads }
}

const feed = (...rows: number[][]) => ({
  x: { dims: [rows.length, 4], data: Float32Array.from(rows.flat()) },
})
const numbers = (outputs: Record<string, Tensor>) => [...outputs.y.data].map(Number)

describe('a run', () => {
  test('answers what the graph computes, and says what computed it', async () => {
    const { models } = host([cpu])
    expect(numbers(await models.run('doubling', feed([1, 2, 3, 4])))).toEqual([3, 5, 7, 9])
    expect(models.backend('doubling')).toEqual({ name: 'CPU' })
    expect(models.loadMs()).toBeGreaterThan(0)
  })

  test('splits more rows than the model takes, and joins the answers', async () => {
    const { models } = host([cpu])
    const rows = Array.from({ length: 3 }, (_, i) => [i, i, i, i + 1])
    const outputs = await models.run('single', feed(...rows))
    expect(outputs.y.dims).toEqual([3, 4])
    expect(numbers(outputs)).toEqual(rows.flat().map(linear.compute))
    const many = Array.from({ length: 19 }, (_, i) => [i, 0, 0, -i])
    expect(numbers(await models.run('doubling', feed(...many)))).toEqual(many.flat().map(linear.compute))
  })

  test('of an unknown model is refused by name', async () => {
    const { models } = host([cpu])
    await expect(models.run('nothing', {})).rejects.toMatchObject({
      code: 'model-unavailable',
      message: expect.stringMatching(/"nothing"/),
    })
    expect(await models.has('nothing')).toBe(false)
    expect(await models.has('doubling')).toBe(true)
  })

  test('with wrong feeds fails alone: the next run is answered', async () => {
    const { models } = host([cpu])
    const wrong = { x: { dims: [1, 3], data: new Float32Array(3) } }
    await expect(models.run('doubling', wrong)).rejects.toMatchObject({
      code: 'model-unavailable',
      message: expect.stringMatching(/doubling.*CPU/),
    })
    expect(numbers(await models.run('doubling', feed([0, 0, 0, 1])))).toEqual([1, 1, 1, 3])
  })

  test('and others that need the same model open it once', async () => {
    const { models, loads } = host([cpu])
    await Promise.all([models.warm('doubling'), models.run('doubling', feed([1, 1, 1, 1])), models.warm('doubling')])
    expect(loads()).toBe(1)
  })

  test('waits until the one before it on the same backend is done', async () => {
    const events: string[] = []
    const slow = like('CPU', ({ run }, { id }) => ({
      run: async (feeds) => {
        events.push(`${id} begins`)
        const answer = await run(feeds)
        await new Promise((resolve) => setTimeout(resolve, 5))
        events.push(`${id} ends`)
        return answer
      },
    }))
    const { models } = host([slow])
    await Promise.all(['unproven', 'doubling', 'unproven', 'curve'].map((id) => models.run(id, feed([1, 2, 3, 4]))))
    for (let i = 0; i < events.length; i += 2) expect(events[i + 1]).toBe(events[i].replace('begins', 'ends'))
  })
})

describe('a backend', () => {
  test.each([
    ['computes wrong numbers', offByOne, 'WebGPU computed wrong numbers'],
    ['computes NaN', makesNaN, 'WebGPU computed NaN'],
    ['is not there', cannotOpen, 'WebGPU failed: there is no adapter'],
  ])('that %s is passed over with a note', async (_, backend, note) => {
    const { models } = host([backend, cpu])
    expect(numbers(await models.run('curve', feed([0, 0, 0, 0])))).toEqual(
      [1, 1, 1, 1].map((n) => expect.closeTo(n / 6)),
    )
    expect(models.backend('curve')).toEqual({ name: 'CPU', note })
  })

  test('that computes NaN is found out without a self-test too', async () => {
    const { models } = host([makesNaN, cpu])
    expect(numbers(await models.run('unproven', feed([1, 2, 3, 4])))).toEqual([3, 5, 7, 9])
    expect(models.backend('unproven')).toEqual({ name: 'CPU', note: 'WebGPU computed NaN' })
  })

  test('is left out for one model only', async () => {
    const picky = like('WebGPU', ({ run }, { id }) => ({
      run: async (feeds) => mapData(await run(feeds), (value) => (id === 'curve' ? value + 1 : value)),
    }))
    const { models } = host([picky])
    await models.run('doubling', feed([1, 2, 3, 4]))
    expect(models.backend('doubling')).toEqual({ name: 'WebGPU' })
    await expect(models.run('curve', feed([1, 2, 3, 4]))).rejects.toThrow('WebGPU computed wrong numbers')
  })

  test.each([['broken'], ['broken-unproven']])('gets no other word for %s when none computes it', async (id) => {
    const { models } = host([like('WebGPU'), cpu])
    await expect(models.run(id, feed([1, 2, 3, 4]))).rejects.toMatchObject({
      code: 'model-unavailable',
      message: `${id} cannot be computed here: WebGPU computed NaN; CPU computed NaN`,
    })
  })

  test('that is lost is replaced in the middle of a run, for all models', async () => {
    let runs = 0
    const fragile = like('WebGPU', ({ run }) => ({
      run: (feeds) => (++runs > 6 ? Promise.reject(new BackendLostError('device lost')) : run(feeds)),
    }))
    const { models } = host([fragile, cpu], { choices: recalling('WebGPU') })
    await models.run('doubling', feed([1, 2, 3, 4]))
    await models.run('curve', feed([1, 2, 3, 4]))
    while (runs <= 6) expect(numbers(await models.run('doubling', feed([1, 2, 3, 4])))).toEqual([3, 5, 7, 9])
    expect(models.backend('doubling')?.name).toBe('CPU')
    expect(models.backend('doubling')?.note).toContain('WebGPU was lost')
    await models.run('curve', feed([1, 2, 3, 4]))
    expect(models.backend('curve')?.note).toContain('WebGPU was lost')
  })

  test('that is lost is tried again after a while, by what is opened then', async () => {
    let [clock, isLost] = [0, false]
    const fragile = like('WebGPU', ({ run }) => ({
      run: (feeds) => (isLost ? Promise.reject(new BackendLostError('device lost')) : run(feeds)),
    }))
    const { models, choices } = host([fragile, cpu], { now: () => clock, memoryBytes: 1, choices: recalling('WebGPU') })
    await models.run('doubling', feed([1, 2, 3, 4]))
    isLost = true
    await models.run('doubling', feed([1, 2, 3, 4]))
    isLost = false
    await models.run('curve', feed([1, 2, 3, 4]))
    expect([models.backend('doubling')?.name, models.backend('curve')?.name]).toEqual(['CPU', 'CPU'])
    clock += 300_000
    await models.run('doubling', feed([1, 2, 3, 4]))
    expect(models.backend('doubling')).toEqual({ name: 'WebGPU' })
    expect(choices.get('doubling')).toEqual({ backend: 'WebGPU' })
  })
})

const recalling = (backend: string) => new Map(['doubling', 'curve'].map((id): [string, Choice] => [id, { backend }]))

describe('the quicker of two backends', () => {
  /** A clock that only goes on while the named backend runs. */
  function timed(slow: string, ms: number) {
    let clock = 0
    const make = (name: string) =>
      like(name, ({ run }) => ({
        run: (feeds) => {
          clock += name === slow ? ms : 1
          return run(feeds)
        },
      }))
    return { backends: [make('WebGPU'), make('WASM')], now: () => clock }
  }

  test.each([
    ['WebGPU', { name: 'WASM', note: 'WebGPU was slower' }],
    ['WASM', { name: 'WebGPU' }],
  ])('is kept and remembered when %s is slower', async (slow, kept) => {
    const { backends, now } = timed(slow, 10)
    const { models, choices } = host(backends, { now })
    await models.run('doubling', feed([1, 2, 3, 4]))
    expect(models.backend('doubling')).toEqual(kept)
    const { name, ...rest } = kept
    expect(choices.get('doubling')).toEqual({ backend: name, ...rest })
  })

  test('is not asked again where it is remembered, and the reason is remembered with it', async () => {
    const choices = new Map([['doubling', { backend: 'WASM', note: 'WebGPU was slower' }]])
    const { models } = host([cannotOpen, like('WASM')], { choices })
    await models.run('doubling', feed([1, 2, 3, 4]))
    expect(models.backend('doubling')).toEqual({ name: 'WASM', note: 'WebGPU was slower' })
  })

  test('is found anew when the remembered one no longer computes right', async () => {
    const { models, choices } = host([offByOne, like('WASM')], { choices: recalling('WebGPU') })
    await models.run('doubling', feed([1, 2, 3, 4]))
    expect(models.backend('doubling')).toEqual({ name: 'WASM', note: 'WebGPU computed wrong numbers' })
    expect(choices.get('doubling')?.backend).toBe('WASM')
  })
})

describe('memory', () => {
  /** Tells which models are open. */
  function counting() {
    const open = new Set<string>()
    const backend = like('CPU', ({ release }, { id }) => {
      open.add(id)
      return {
        release: () => {
          open.delete(id)
          return release()
        },
      }
    })
    return { open, backend }
  }
  const size = (model: Model) => model.memory + model.files[0].bytes

  test('holds the models used last, as many as fit', async () => {
    const { open, backend } = counting()
    const { models, loads } = host([backend], { memoryBytes: size(doubling) + size(curve) })
    for (const id of ['doubling', 'curve', 'doubling', 'unproven']) await models.run(id, feed([1, 2, 3, 4]))
    expect([...open].sort()).toEqual(['doubling', 'unproven'])
    await models.run('doubling', feed([1, 2, 3, 4]))
    expect(loads()).toBe(3)
    expect(models.heldBytes).toBe(size(doubling) + size(unproven))
  })

  test('is given to a model that is larger than all of it, until another one comes', async () => {
    const { open, backend } = counting()
    const { models, loads } = host([backend], { memoryBytes: 1 })
    for (let i = 0; i < 3; i++) await models.run('doubling', feed([1, 2, 3, 4]))
    expect(loads()).toBe(1)
    await models.run('curve', feed([1, 2, 3, 4]))
    expect([...open]).toEqual(['curve'])
  })

  test('is given back at the end, but not under a run', async () => {
    const { open, backend } = counting()
    const { models } = host([backend])
    await models.warm('doubling')
    const running = models.run('doubling', feed([1, 2, 3, 4]))
    await models.dispose()
    expect(numbers(await running)).toEqual([3, 5, 7, 9])
    await models.dispose()
    expect([...open]).toEqual([])
    expect(models.heldBytes).toBe(0)
    expect(numbers(await models.run('doubling', feed([1, 2, 3, 4])))).toEqual([3, 5, 7, 9])
  })
})

describe('a device of this machine', () => {
  test.each(['webgpu', 'cuda'] as const)(
    'that is asked for runs the model, or the CPU does and says why: %s',
    async (device) => {
      const { models } = host(nodeBackends(device, 1))
      expect(numbers(await models.run('doubling', feed([1, 2, 3, 4])))).toEqual([3, 5, 7, 9])
      const { name, note } = models.backend('doubling') ?? {}
      const asked = { webgpu: 'WebGPU', cuda: 'CUDA' }[device]
      if (name === 'CPU') expect(note).toMatch(new RegExp(`^${asked} (failed: .+|was slower)$`))
      else expect(name).toBe(asked)
    },
  )
})
