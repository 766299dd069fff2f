import type { Context } from 'hono'
import type { StoredFile } from './engine'

/** Sends a file, or only its headers to who asks by HEAD or has it already: the file is closed then, not left open. */
export async function sendFile(c: Context, file: StoredFile, headers: Record<string, string>): Promise<Response> {
  if (hasIt(c, headers.ETag)) {
    await file.body.cancel()
    return c.body(null, 304, headers)
  }
  const address = await file.link?.(headers['Content-Disposition'] ?? 'attachment', headers['Content-Type'])
  if (address !== undefined) {
    await file.body.cancel()
    return c.body(null, 307, { Location: address, 'Cache-Control': 'no-store' })
  }
  const all = { ...headers, 'Content-Length': String(file.size) }
  if (c.req.method !== 'HEAD') return c.body(file.body, 200, all)
  await file.body.cancel()
  return c.body(null, 200, all)
}

function hasIt(c: Context, etag: string | undefined): boolean {
  const had = c.req.header('If-None-Match')?.split(',') ?? []
  return etag !== undefined && had.some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
