import type { Held, UploadLimits } from '../api/engine'
import type { HeldBytes } from './held-bytes'
import type { Sink } from './intake'
import { receive } from './receive'

/**
 * Reads a multipart body into memory, under the same limits and refusals as one that is stored.
 *
 * @param budget of all requests that are held at once
 * @throws ToolError busy before anything is read; too-large, or invalid-input when it is not multipart
 */
export async function hold(request: Request, limits: UploadLimits, budget: HeldBytes): Promise<Held> {
  const release = budget.take(mostBytesOf(request, limits))
  try {
    const memory = new Map<string, Uint8Array<ArrayBuffer>>()
    const { files, fields } = await receive(request, inMemory(memory), limits)
    const held = files.map(({ field, name, key }) => ({ field, name, bytes: memory.get(key) ?? new Uint8Array() }))
    return { files: held, fields, release }
  } catch (error) {
    release()
    throw error
  }
}

/** One that does not tell its length, as far as it is let. */
function mostBytesOf(request: Request, { totalBytes }: UploadLimits): number {
  const told = request.headers.get('content-length')
  return told === null ? totalBytes : Math.min(Number(told) || 0, totalBytes)
}

const inMemory = (memory: Map<string, Uint8Array<ArrayBuffer>>): Sink => ({
  async put(key, body) {
    const chunks: Uint8Array[] = []
    if (body instanceof Uint8Array) chunks.push(body)
    else for await (const chunk of body) chunks.push(chunk)
    memory.set(key, joined(chunks))
  },
  remove: async (key) => void memory.delete(key),
})

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}
