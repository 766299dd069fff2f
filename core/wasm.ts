import { ToolError } from './errors'

/** Plans where things lie in the memory of a kernel without static data, so that it can be grown once, to the right size. */
export class Layout {
  #bytes = 64 // address 0 stays free: it means "none"

  get bytes(): number {
    return this.#bytes
  }

  /** @returns an address that is a multiple of 64, a cache line */
  reserve(bytes: number): number {
    const address = this.#bytes
    this.#bytes = Math.ceil((address + bytes) / 64) * 64
    return address
  }
}

/** An instance of a module with a memory of its own. Its content is left from earlier runs. */
export interface Kernel<Exports> {
  readonly exports: Exports
  /** Its `buffer` is another one after each `ensureBytes`. */
  readonly memory: WebAssembly.Memory
}

/** @throws ToolError too-large when the host cannot give that much */
export function ensureBytes({ memory }: Kernel<unknown>, bytes: number): void {
  const pages = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES)
  if (pages <= 0) return
  try {
    memory.grow(pages)
  } catch (cause) {
    const mebibytes = Math.ceil(bytes / 2 ** 20)
    const message = `There are not ${mebibytes} MiB of memory left for pictures of this size; choose smaller ones`
    throw new ToolError('too-large', message, { cause })
  }
}

/**
 * Instances of one module, compiled when first needed. An instance serves one run at a time; afterwards it is kept for
 * the next one, for the pages of fresh memory cost as much as the work on them.
 */
export class KernelPool<Exports> {
  readonly #base64: string
  #module: WebAssembly.Module | undefined
  #idle: Kernel<Exports> | undefined

  /** @param base64 a module that imports `env.memory`, as the build writes it */
  constructor(base64: string) {
    this.#base64 = base64
  }

  /** Runs `work` with an instance of at least `bytes` of memory. @throws ToolError too-large when the host has not that much */
  async use<Result>(bytes: number, work: (kernel: Kernel<Exports>) => Promise<Result>): Promise<Result> {
    const kernel = this.#idle ?? this.#instantiate()
    this.#idle = undefined
    ensureBytes(kernel, bytes)
    const result = await work(kernel)
    if (kernel.memory.buffer.byteLength <= KEPT_BYTES) this.#idle = kernel
    return result
  }

  /**
   * An instance for as long as its holder lives: for work that comes in many pieces.
   *
   * @throws ToolError too-large when the host has not that much
   */
  own(bytes: number): Kernel<Exports> {
    const kernel = this.#instantiate()
    ensureBytes(kernel, bytes)
    return kernel
  }

  #instantiate(): Kernel<Exports> {
    this.#module ??= new WebAssembly.Module(decodeBase64(this.#base64))
    const memory = new WebAssembly.Memory({ initial: 1 })
    const { exports } = new WebAssembly.Instance(this.#module, { env: { memory } })
    return { exports: exports as Exports, memory }
  }
}

const PAGE_BYTES = 65536
const KEPT_BYTES = 2 ** 26 // enough for most pictures; there is a worker for each core, and none should sit on more

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

// Written out because the languages' common part has no decoder.
function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128)
  for (let i = 0; i < DIGITS.length; i++) values[DIGITS.charCodeAt(i)] = i
  const digits = text.replace(/=+$/, '')
  const bytes = new Uint8Array(Math.floor((digits.length * 3) / 4))
  let bits = 0
  for (let i = 0, at = 0; i < digits.length; i++) {
    bits = ((bits << 6) | values[digits.charCodeAt(i)]) & 0xffffff
    if (i % 4 > 0) bytes[at++] = bits >> (6 - 2 * (i % 4))
  }
  return bytes
}
