import autocannon, { type Request, type Result } from 'autocannon'
import { smallTask } from '../cluster/small-task'

export interface LoadFigures {
  readonly requestsPerSecond: number
  readonly statuses: Readonly<Record<string, number>>
  /** Connections that broke, and requests that were not answered in ten seconds. */
  readonly errors: number
  /** Milliseconds: half, and all but one in a hundred, of what was answered and of what was refused. */
  readonly answered: { readonly p50: number; readonly p99: number }
  readonly refused: { readonly p50: number; readonly p99: number }
}

/** Uploads of tasks, lists, single tasks and tools in turn, over as many connections as asked, each as fast as it is answered. */
export async function mixedLoad(address: string, connections: number, seconds: number): Promise<LoadFigures> {
  const times: { answered: number[]; refused: number[] } = { answered: [], refused: [] }
  const statuses: Record<string, number> = {}
  const options = { url: address, connections, duration: seconds, timeout: 10, requests: await requests() }
  const result = await new Promise<Result>((resolve, reject) => {
    const instance = autocannon(options, (error, ended) => (error ? reject(error) : resolve(ended)))
    instance.on('response', (_client, status, _bytes, ms) => {
      statuses[status] = (statuses[status] ?? 0) + 1
      times[status < 400 ? 'answered' : 'refused'].push(ms)
    })
  })
  return {
    requestsPerSecond: Math.round(result.requests.average),
    statuses,
    errors: result.errors,
    answered: percentiles(times.answered),
    refused: percentiles(times.refused),
  }
}

async function requests(): Promise<Request[]> {
  const { image, template } = await smallTask(5)
  const form = new FormData()
  form.append('image', image, 'screen.png')
  form.append('template', template, 'icon.png')
  const encoded = new Response(form)
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '' }
  const upload: Request = {
    method: 'POST',
    path: '/api/v1/match/template',
    headers,
    body: Buffer.from(await encoded.arrayBuffer()),
  }
  return [
    upload,
    { method: 'GET', path: '/api/v1/tasks?limit=20' },
    { method: 'GET', path: '/api/v1/tools' },
    upload,
    { method: 'GET', path: '/health/live' },
  ]
}

function percentiles(ms: number[]): { p50: number; p99: number } {
  const sorted = Float64Array.from(ms).sort()
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0)
  return { p50: at(0.5), p99: at(0.99) }
}
