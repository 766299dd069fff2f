import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

interface Change {
  /** Answered in place of the server. */
  readonly status?: number
  /** Put after what the server answers. */
  readonly appendix?: string
}

export interface Proxy {
  readonly origin: string
  close(): void
}

/** Asks for whole, uncompressed answers, so that text can be added. */
const plain = ({
  'accept-encoding': _,
  'if-none-match': __,
  'if-modified-since': ___,
  ...headers
}: IncomingHttpHeaders) => headers

/** The server behind another address, at which some answers are not the server's. */
export async function startProxy(origin: string, changeOf: (asked: IncomingMessage) => Change): Promise<Proxy> {
  const proxy: Server = createServer((asked, answer) => {
    const { status, appendix = '' } = changeOf(asked)
    if (status !== undefined) return void answer.writeHead(status).end()
    const { method } = asked
    const onward = request(new URL(asked.url ?? '/', origin), { method, headers: plain(asked.headers) }, (found) => {
      const { 'content-length': _, ...headers } = found.headers
      answer.writeHead(found.statusCode ?? 500, appendix ? headers : found.headers)
      found.pipe(answer, { end: false })
      found.on('end', () => answer.end(appendix))
    })
    asked.pipe(onward)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: () => proxy.close().closeAllConnections(),
  }
}
