import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

const TOKEN = 'vercel_blob_rw_storeid_secret'
const PAGE = 3 // small, so that listings have several

/** Stands in for Vercel Blob's HTTP API: it cannot be had on loopback, but its own client can be sent elsewhere. */
export async function startBlobService() {
  const blobs = new Map<string, { readonly bytes: Buffer; readonly type: string }>()
  const server = createServer((request, response) => {
    answer(request, response, blobs).catch((error) => response.writeHead(500).end(String(error)))
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  process.env.VERCEL_BLOB_API_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    token: TOKEN,
    stop() {
      delete process.env.VERCEL_BLOB_API_URL
      server.close()
      server.closeAllConnections()
    },
  }
}

type Blobs = Map<string, { readonly bytes: Buffer; readonly type: string }>

async function answer(request: IncomingMessage, response: ServerResponse, blobs: Blobs): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
  const json = (status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  const body = await buffer(request)
  if (request.headers.authorization !== `Bearer ${TOKEN}`) return void json(403, { error: { code: 'forbidden' } })
  const describe = (pathname: string) => describeBlob(pathname, url.origin, blobs)
  const notFound = () => json(404, { error: { code: 'not_found', message: 'The requested blob does not exist' } })
  if (url.pathname.startsWith('/blob/')) {
    const blob = blobs.get(decodeURIComponent(url.pathname.slice('/blob/'.length)))
    return void (blob ? response.writeHead(200, { 'content-type': blob.type }).end(blob.bytes) : notFound())
  }
  const pathname = url.searchParams.get('pathname') ?? ''
  if (request.method === 'PUT') {
    const from = url.searchParams.get('fromUrl')
    const copied = from === null ? undefined : blobs.get(from)
    if (from !== null && !copied) return void notFound()
    blobs.set(pathname, copied ?? { bytes: body, type: String(request.headers['x-content-type']) })
    return void json(200, describe(pathname))
  }
  if (request.method === 'POST') {
    for (const name of JSON.parse(String(body)).urls) blobs.delete(name)
    return void json(200, null)
  }
  const asked = url.searchParams.get('url')
  if (asked !== null) return void (blobs.has(asked) ? json(200, describe(asked)) : notFound())
  const names = [...blobs.keys()].filter((name) => name.startsWith(url.searchParams.get('prefix') ?? '')).sort()
  const start = Number(url.searchParams.get('cursor') ?? 0)
  const hasMore = names.length > start + PAGE
  const page = names.slice(start, start + PAGE).map(describe)
  json(200, { blobs: page, hasMore, ...(hasMore && { cursor: String(start + PAGE) }) })
}

function describeBlob(pathname: string, origin: string, blobs: Blobs) {
  const blob = blobs.get(pathname)
  const url = `${origin}/blob/${encodeURIComponent(pathname)}`
  return {
    ...{ url, downloadUrl: url, pathname, contentType: blob?.type, contentDisposition: 'inline' },
    ...{ size: blob?.bytes.length, uploadedAt: new Date().toISOString(), cacheControl: '', etag: '"e"' },
  }
}
