import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import type { Model } from '../../models/model'

type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface ModelHost {
  readonly address: string
  /** What was asked for, in order: path, and the range where there was one. */
  readonly asked: { readonly path: string; readonly range: string | undefined; readonly login: string | undefined }[]
  /** From now on, this path is answered so; each of several answers once, the last for ever. */
  on(path: string, ...answers: Answer[]): string
}

/** A server on this machine that stands for a publisher or a registry. */
export async function startModelHost(): Promise<ModelHost> {
  const answers = new Map<string, Answer[]>()
  const asked: ModelHost['asked'] = []
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '')
    asked.push({ path, range: request.headers.range, login: request.headers.authorization })
    const list = answers.get(path) ?? [refuse(404)]
    const answer = list.length > 1 ? list.shift() : list[0]
    answer?.(request, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    asked,
    on(path, ...list) {
      answers.set(path, list)
      return address + path
    },
  }
}

interface Giving {
  readonly etag?: string
  /** Breaks the connection after so many bytes of the file. */
  readonly cutAt?: number
  /** Sends so many bytes of the file, and then nothing more until `resume` resolves. */
  readonly silentAt?: number
  readonly resume?: Promise<void>
  readonly ignoresRange?: boolean
}

/** Sends a file, as a server that knows ranges does unless told otherwise. */
export function give(bytes: Buffer, { etag, cutAt, silentAt, resume, ignoresRange = false }: Giving = {}): Answer {
  return (request, response) => {
    const from = ignoresRange ? 0 : startOf(request, etag)
    const headers = { 'content-length': bytes.length - from, ...(etag && { etag }) }
    const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` }
    response.writeHead(from > 0 ? 206 : 200, from > 0 ? { ...headers, ...range } : headers)
    const stopAt = cutAt ?? silentAt
    if (stopAt === undefined) return void response.end(bytes.subarray(from))
    response.write(bytes.subarray(from, stopAt), () => {
      // Later, so that what was written has left this process.
      if (cutAt !== undefined) setTimeout(() => response.destroy(), 20)
      void resume?.then(() => response.end(bytes.subarray(stopAt)))
    })
  }
}

function startOf({ headers }: IncomingMessage, etag: string | undefined): number {
  if (headers['if-range'] !== undefined && headers['if-range'] !== etag) return 0
  return Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0)
}

export const refuse =
  (status: number): Answer =>
  (_, response) =>
    void response.writeHead(status).end()

export const redirect =
  (location: string): Answer =>
  (_, response) =>
    void response.writeHead(302, { location }).end()

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** An entry as the manifest has them, for a file of any bytes. */
export function modelOf(bytes: Buffer, change: Partial<Model> = {}): Model {
  return {
    id: 'small-model',
    title: 'Small model',
    summary: 'Of a test',
    task: 'face-embedding',
    format: 'onnx',
    files: [{ name: 'small.onnx', bytes: bytes.length, sha256: sha256(bytes) }],
    sources: [],
    licence: { weights: 'MIT', code: 'MIT', commercial: 'yes' },
    inputs: [],
    outputs: [],
    batch: 1,
    quality: [],
    default: false,
    memory: 0,
    ...change,
  }
}

export const fromUrls = (...urls: string[]): Model['sources'] => urls.map((url) => ({ kind: 'url', urls: [url] }))
