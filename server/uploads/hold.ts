import type { Held, UploadLimits } from '../api/engine'
import type { Sink } from './intake'
import { receive } from './receive'

/**
 * Reads a multipart body into memory, under the same limits and refusals as one that is stored.
 *
 * @throws ToolError too-large, or invalid-input when it is not multipart
 */
export async function hold(request: Request, limits: UploadLimits): Promise<Held> {
  const memory = new Map<string, Uint8Array<ArrayBuffer>>()
  const { files, fields } = await receive(request, inMemory(memory), limits)
  const held = files.map(({ field, name, key }) => ({ field, name, bytes: memory.get(key) ?? new Uint8Array() }))
  return { files: held, fields }
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
