export interface ServerEvent {
  readonly event: string
  readonly data: string
}

/** The events of a `text/event-stream` body; EventSource itself cannot send headers. Comments and ids are skipped. */
export async function* readEvents(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<ServerEvent> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const blocks = (rest + chunk.value).split('\n\n')
      rest = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = parseBlock(block)
        if (event) yield event
      }
    }
  } finally {
    await reader.cancel()
  }
}

function parseBlock(block: string): ServerEvent | undefined {
  const fields = block.split('\n').map((line) => line.match(/^(event|data): ?(.*)$/))
  const values = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2]] : []))
  const data = values('data')
  return data.length > 0 ? { event: values('event')[0] ?? 'message', data: data.join('\n') } : undefined
}
