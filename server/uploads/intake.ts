import { randomUUID } from 'node:crypto'
import type { Readable } from 'node:stream'
import type { Received, ReceivedFile, UploadLimits } from '../api/engine'
import { mostBytes } from '../api/upload-limits'
import { fileTooLarge } from '../api/upload-refusals'
import { INCOMING, type Storage } from '../storage/storage'

/** Where files go. */
export type Sink = Pick<Storage, 'put' | 'remove'>

/** The parts of one request, as they arrive: files go to storage under temporary keys, fields are kept. */
export class Intake {
  readonly fields: [name: string, value: string][] = []
  readonly #storage: Sink
  readonly #limits: UploadLimits
  readonly #keys: string[] = []
  readonly #files: Promise<ReceivedFile>[] = []

  constructor(storage: Sink, limits: UploadLimits) {
    this.#storage = storage
    this.#limits = limits
  }

  /** Stores one file; the promise rejects as soon as that fails. */
  async add(field: string, name: string, content: Readable): Promise<void> {
    content.on('error', () => {}) // it may break before storage reads it; storage then finds it broken
    const key = `${INCOMING}/${randomUUID()}`
    this.#keys.push(key)
    const file = this.#store(key, field, name, content)
    this.#files.push(file)
    try {
      await file
    } finally {
      content.resume() // else the parser would wait for somebody to read the rest
    }
  }

  /** All files are stored, in the order they were sent. */
  async received(): Promise<Received> {
    return { files: await Promise.all(this.#files), fields: this.fields, discard: () => this.discard() }
  }

  async discard(): Promise<void> {
    await Promise.allSettled(this.#files)
    await Promise.all(this.#keys.map((key) => this.#storage.remove(key)))
  }

  async #store(key: string, field: string, name: string, content: Readable) {
    let size = 0
    const most = mostBytes(name, this.#limits)
    const counted = async function* () {
      for await (const chunk of content as AsyncIterable<Uint8Array>) {
        size += chunk.length
        if (size > most) throw fileTooLarge(field, most)
        yield chunk
      }
    }
    await this.#storage.put(key, counted())
    return { field, name, size, key }
  }
}
