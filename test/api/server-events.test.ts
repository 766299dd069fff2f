import { expect, test } from 'vitest'
import { readEvents } from '../../server/api/server-events'

const stream = (...chunks: string[]) => new Blob(chunks).stream() as ReadableStream<Uint8Array<ArrayBuffer>>

/** Chunks as a network cuts them. */
function cut(text: string, every: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(text)
  return new ReadableStream({
    start(controller) {
      for (let i = 0; i < bytes.length; i += every) controller.enqueue(bytes.slice(i, i + every))
      controller.close()
    },
  })
}

async function all(body: ReadableStream<Uint8Array<ArrayBuffer>>) {
  const events = []
  for await (const event of readEvents(body)) events.push(event)
  return events
}

test('reads events with their names and data', async () => {
  expect(await all(stream('event: task\ndata: {"a":1}\n\nevent: progress\ndata: 2\n\n'))).toEqual([
    { event: 'task', data: '{"a":1}' },
    { event: 'progress', data: '2' },
  ])
})

test('reads them the same however the network cuts them', async () => {
  const text = 'id: 1\nevent: task\ndata: "жёлтый"\n\n: still here\n\ndata: a\ndata: b\n\n'
  const whole = await all(stream(text))
  expect(whole).toEqual([
    { event: 'task', data: '"жёлтый"' },
    { event: 'message', data: 'a\nb' },
  ])
  for (const every of [1, 2, 3, 7]) expect(await all(cut(text, every))).toEqual(whole)
})

test('an event that is cut off is left out', async () => {
  expect(await all(stream('data: 1\n\nevent: task\ndata: {"a"'))).toEqual([{ event: 'message', data: '1' }])
})
