import type { Context } from 'hono'
import type { ModelContent } from './engine'

/** Sends a file that never changes, whole or the part that was asked for. */
export function sendModelFile(c: Context, content: ModelContent): Response {
  const { size, sha256 } = content
  const etag = `"${sha256}"`
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Cache-Control': 'public, max-age=31536000, immutable',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  }
  if (c.req.header('If-None-Match')?.includes(etag)) return new Response(null, { status: 304, headers })
  const range = askedRange(c, etag, size)
  if (range === 'none')
    return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${size}` } })
  const { from, to } = range ?? { from: 0, to: size }
  const all = { ...headers, 'Content-Length': String(to - from) }
  const body = c.req.method === 'HEAD' ? null : content.read(from, to)
  if (!range) return new Response(body, { headers: all })
  const part = { ...all, 'Content-Range': `bytes ${from}-${to - 1}/${size}` }
  return new Response(body, { status: 206, headers: part })
}

interface Range {
  readonly from: number
  readonly to: number
}

/** Undefined for the whole file: also for what need not be understood, such as several ranges. */
function askedRange(c: Context, etag: string, size: number): Range | 'none' | undefined {
  const condition = c.req.header('If-Range')
  if (condition !== undefined && condition !== etag) return undefined
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(c.req.header('Range') ?? '') ?? []
  if (first === undefined || (first === '' && last === '')) return undefined
  const from = first === '' ? Math.max(size - Number(last), 0) : Number(first)
  const to = first === '' || last === '' ? size : Math.min(Number(last) + 1, size)
  return from < to ? { from, to } : 'none'
}
