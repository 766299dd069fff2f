import { Zip, ZipPassThrough } from 'fflate'

export interface ZipEntry {
  readonly name: string
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>>
}

/**
 * A ZIP that is made while it is read, so that however much is in it, memory holds one chunk. Nothing is compressed:
 * pictures are already.
 *
 * @param modified the time that all entries get
 */
export function zipStream(entries: AsyncIterable<ZipEntry>, modified: Date): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = zipped(entries, modified)
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await chunks.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => void (await chunks.return(undefined)),
  })
}

type Chunk = Uint8Array<ArrayBuffer>

async function* zipped(entries: AsyncIterable<ZipEntry>, modified: Date): AsyncGenerator<Chunk, undefined> {
  const made: Chunk[] = []
  const zip = new Zip((error, chunk) => {
    if (error) throw error
    made.push(chunk as Chunk)
  })
  for await (const { name, body } of entries) {
    const entry = new ZipPassThrough(name)
    entry.mtime = modified
    zip.add(entry)
    for await (const chunk of chunksOf(body)) {
      entry.push(chunk)
      yield* made.splice(0)
    }
    entry.push(new Uint8Array(), true)
    yield* made.splice(0)
  }
  zip.end()
  yield* made.splice(0)
  return undefined
}

/** Not every browser can iterate over a stream. One that is not read to its end is closed. */
async function* chunksOf(body: ReadableStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}
