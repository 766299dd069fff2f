import { ToolError } from './errors'
import type { Cost } from './operator'

/** What the user chose: let Darkroom decide, never send a picture, or always send it. */
export type Mode = 'auto' | 'private' | 'server'

/** A device, as measured once. */
export interface Capabilities {
  /** Logical cores. */
  readonly cores: number
  /** Rounded by the browser; null where it does not tell. */
  readonly memoryGiB: number | null
  readonly webgpu: boolean
  readonly wasmSimd: boolean
  /** Whether WebAssembly may use threads: the page is cross-origin isolated. */
  readonly threads: boolean
  /** Seconds the device needs for one second of work on the reference core of `Cost`; 1 is as quick. */
  readonly slowness: number
}

export interface RoutingInput {
  readonly mode: Mode
  /** The spec's `home`: such work goes to the server unless the user or the network forbids. */
  readonly home?: 'server'
  /** Of one item; `bytes` with its decoded inputs. */
  readonly cost: Cost
  /** How many items run with these settings. */
  readonly batch: number
  /** File bytes that the server would have to be sent, for the whole batch. */
  readonly uploadBytes: number
  readonly capabilities: Capabilities
  /** What the browser says about the network. */
  readonly online: boolean
  /** Whether the server answered lately. */
  readonly serverReachable: boolean
}

/** Why a place was chosen. The page has a sentence for each. */
export type Reason =
  | 'private-mode'
  | 'server-chosen'
  | 'server-home' // the tool is one for the server
  | 'offline'
  | 'server-unreachable'
  | 'no-wasm-simd' // kernels cannot run in this browser
  | 'device-memory' // one item does not fit into what a page may use
  | 'server-much-quicker'
  | 'device-quick' // done before a user would mind
  | 'device-preferred' // the server would save too little to send pictures for

export interface Decision {
  readonly place: 'device' | 'server'
  readonly reason: Reason
  /** Estimate for the whole batch. */
  readonly deviceSeconds: number
  /** Estimate for the whole batch with sending; null when the server cannot be used. */
  readonly serverSeconds: number | null
}

const PATIENCE_SECONDS = 10 // up to here the device runs it, however quick the server is
const WORTH_SENDING = 3 // pictures leave the device only to finish at least this many times sooner
const UPLOAD_BYTES_PER_SECOND = 1.25e6 // 10 Mbit/s, a common uplink
const QUEUE_SECONDS = 1 // connection, pick-up and the way back
const SERVER_WORKERS = 2 // the least a server is run with
const ASSUMED_MEMORY_GIB = 4 // for browsers that do not tell
const MEMORY_SHARE = 0.25 // of the device, for pictures in work: the rest belongs to the page and everything else
const GIB = 2 ** 30

/**
 * Where to run, and why. The device is the first choice; the server has to be forced, needed, or much quicker.
 *
 * @throws ToolError unavailable when the server was chosen but cannot be reached
 */
export function decide(input: RoutingInput): Decision {
  const deviceSeconds = estimateDeviceSeconds(input)
  const serverSeconds = input.online && input.serverReachable ? estimateServerSeconds(input) : null
  return { ...choose(input, deviceSeconds, serverSeconds), deviceSeconds, serverSeconds }
}

function choose(
  { mode, home, cost, capabilities, online }: RoutingInput,
  deviceSeconds: number,
  serverSeconds: number | null,
): Pick<Decision, 'place' | 'reason'> {
  if (mode === 'private') return { place: 'device', reason: 'private-mode' }
  if (serverSeconds === null) {
    if (mode === 'server') throw unreachable(online)
    return { place: 'device', reason: online ? 'server-unreachable' : 'offline' }
  }
  if (mode === 'server') return { place: 'server', reason: 'server-chosen' }
  if (home === 'server') return { place: 'server', reason: 'server-home' }
  if (!capabilities.wasmSimd) return { place: 'server', reason: 'no-wasm-simd' }
  if (cost.bytes > memoryBudget(capabilities)) return { place: 'server', reason: 'device-memory' }
  if (deviceSeconds <= PATIENCE_SECONDS) return { place: 'device', reason: 'device-quick' }
  if (deviceSeconds >= WORTH_SENDING * serverSeconds) return { place: 'server', reason: 'server-much-quicker' }
  return { place: 'device', reason: 'device-preferred' }
}

function unreachable(online: boolean): ToolError {
  return new ToolError(
    'unavailable',
    online
      ? 'The server does not answer. Choose "auto" or "private" to run on this device.'
      : 'This device is offline, so the server cannot be used. Choose "auto" or "private" to run on this device.',
  )
}

function estimateDeviceSeconds({ cost, batch, capabilities }: RoutingInput): number {
  const rounds = Math.ceil(batch / parallelRuns(cost, batch, capabilities))
  return cost.seconds * capabilities.slowness * rounds
}

function estimateServerSeconds({ cost, batch, uploadBytes }: RoutingInput): number {
  const rounds = Math.ceil(batch / Math.min(batch, SERVER_WORKERS))
  return uploadBytes / UPLOAD_BYTES_PER_SECOND + QUEUE_SECONDS + cost.seconds * rounds
}

/** How many items of this cost a device can have in work at once: bounded by its cores and its memory, never below one. */
export function parallelRuns(cost: Cost, batch: number, capabilities: Capabilities): number {
  const fitting = Math.floor(memoryBudget(capabilities) / Math.max(cost.bytes, 1))
  return Math.max(1, Math.min(capabilities.cores, batch, fitting))
}

/** Bytes that runs may hold at once on this device. */
export function memoryBudget({ memoryGiB }: Pick<Capabilities, 'memoryGiB'>): number {
  return (memoryGiB ?? ASSUMED_MEMORY_GIB) * MEMORY_SHARE * GIB
}
