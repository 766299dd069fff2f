import * as Comlink from 'comlink'
import { vi } from 'vitest'

/** Stands in for `new Worker()`: the messages are real, only the thread is missing. @param host what the worker does */
export function fakeWorker(host: object) {
  const { port1, port2 } = new MessageChannel()
  Comlink.expose(host, port2)
  return Object.assign(port1, { terminate: vi.fn(() => port1.close()) })
}
