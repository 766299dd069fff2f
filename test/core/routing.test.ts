import { describe, expect, test } from 'vitest'
import { type Capabilities, decide, parallelRuns, type RoutingInput } from '../../core/routing'

const laptop: Capabilities = { cores: 8, memoryGiB: 8, webgpu: true, wasmSimd: true, threads: true, slowness: 1 }
const phone: Capabilities = { cores: 4, memoryGiB: 2, webgpu: false, wasmSimd: true, threads: true, slowness: 4 }
const MIB = 2 ** 20

const usual: RoutingInput = {
  mode: 'auto',
  cost: { seconds: 0.1, bytes: 50 * MIB },
  batch: 1,
  uploadBytes: 2e6,
  capabilities: laptop,
  online: true,
  serverReachable: true,
}
const heavy = { seconds: 60, bytes: 50 * MIB }

test.each<[string, Partial<RoutingInput>, string, string]>([
  ['a usual picture stays on the device', {}, 'device', 'device-quick'],
  ['fifty usual pictures stay on the device', { batch: 50, uploadBytes: 1e8 }, 'device', 'device-quick'],
  ['a usual picture stays on a phone', { capabilities: phone }, 'device', 'device-quick'],
  [
    'a minute of work on a phone goes to the server',
    { cost: heavy, capabilities: phone },
    'server',
    'server-much-quicker',
  ],
  ['a minute of work on a laptop is not worth sending', { cost: heavy }, 'device', 'device-preferred'],
  [
    'a slow upload keeps long work on the device',
    { cost: heavy, capabilities: phone, uploadBytes: 5e8 },
    'device',
    'device-preferred',
  ],
  ['what does not fit into memory goes to the server', { cost: { seconds: 1, bytes: 3e9 } }, 'server', 'device-memory'],
  [
    'a browser without WebAssembly SIMD uses the server',
    { capabilities: { ...laptop, wasmSimd: false } },
    'server',
    'no-wasm-simd',
  ],
  ['offline means the device', { cost: heavy, capabilities: phone, online: false }, 'device', 'offline'],
  [
    'a silent server means the device',
    { cost: heavy, capabilities: phone, serverReachable: false },
    'device',
    'server-unreachable',
  ],
  ['a tool whose home is the server goes there', { home: 'server' }, 'server', 'server-home'],
  ['without network it stays all the same', { home: 'server', online: false }, 'device', 'offline'],
  ['the chosen server is used even for light work', { mode: 'server' }, 'server', 'server-chosen'],
  [
    'private mode keeps even the heaviest work here',
    { mode: 'private', home: 'server', cost: { seconds: 1e4, bytes: 1e12 } },
    'device',
    'private-mode',
  ],
])('%s', (_, change, place, reason) => {
  expect(decide({ ...usual, ...change })).toMatchObject({ place, reason })
})

describe('private mode', () => {
  const yesNo = [true, false]
  const every = yesNo.flatMap((online) =>
    yesNo.flatMap((serverReachable) =>
      [laptop, phone, { ...phone, wasmSimd: false }].map((capabilities) => ({ online, serverReachable, capabilities })),
    ),
  )
  test.each(every)('never chooses the server: $online $serverReachable', (change) => {
    expect(decide({ ...usual, cost: { seconds: 1e6, bytes: 1e13 }, ...change, mode: 'private' }).place).toBe('device')
  })
})

test('a forced server that is out of reach is refused with a sentence', () => {
  expect(() => decide({ ...usual, mode: 'server', online: false })).toThrow(/offline/)
  expect(() => decide({ ...usual, mode: 'server', serverReachable: false })).toThrow(/does not answer/)
})

test('estimates scale with the batch, the cores and the slowness', () => {
  const seconds = (change: Partial<RoutingInput>) => decide({ ...usual, ...change }).deviceSeconds
  expect(seconds({ batch: 8 })).toBeCloseTo(0.1)
  expect(seconds({ batch: 16 })).toBeCloseTo(0.2)
  expect(seconds({ capabilities: { ...laptop, slowness: 3 } })).toBeCloseTo(0.3)
})

test('the server estimate counts sending, and is null when there is no server', () => {
  const seconds = (change: Partial<RoutingInput>) => decide({ ...usual, ...change }).serverSeconds
  expect(Number(seconds({ uploadBytes: 10e6 })) - Number(seconds({ uploadBytes: 0 }))).toBeCloseTo(8)
  expect(seconds({ online: false })).toBeNull()
})

test('runs side by side are bounded by cores, batch and memory, and one always fits', () => {
  expect(parallelRuns({ seconds: 1, bytes: MIB }, 100, laptop)).toBe(8)
  expect(parallelRuns({ seconds: 1, bytes: MIB }, 3, laptop)).toBe(3)
  expect(parallelRuns({ seconds: 1, bytes: 1024 * MIB }, 100, laptop)).toBe(2)
  expect(parallelRuns({ seconds: 1, bytes: 1e12 }, 100, laptop)).toBe(1)
})
