import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly headers: IncomingHttpHeaders
  /** To the byte. */
  readonly body: string
  readonly path: string
}

/** A webhook receiver on a loopback port that stays its own while it is down. */
export class Receiver {
  readonly received: Received[] = []
  /** Answers 204 unless a test says otherwise. */
  answer: (response: ServerResponse, received: Received) => void = (response) => response.writeHead(204).end()
  #server: Server | undefined
  #port = 0
  #wake = () => {}

  static async start(): Promise<Receiver> {
    const receiver = new Receiver()
    await receiver.up()
    onTestFinished(() => receiver.down())
    return receiver
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/hook?for=tasks`
  }

  get port(): number {
    return this.#port
  }

  async up(): Promise<void> {
    this.#server = createServer(async (request, response) => {
      const received = { headers: request.headers, body: await text(request), path: request.url ?? '' }
      this.received.push(received)
      this.answer(response, received)
      this.#wake()
    })
    this.#server.listen(this.#port, '127.0.0.1')
    await once(this.#server, 'listening')
    this.#port = (this.#server.address() as AddressInfo).port
  }

  async down(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    server?.closeAllConnections()
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }

  /** Everything received, once that is at least `count`. */
  async whenReceived(count: number): Promise<readonly Received[]> {
    while (this.received.length < count) await new Promise<void>((resolve) => (this.#wake = resolve))
    return this.received
  }
}
