import { setTimeout as sleep } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import type { ToolError } from '../../core/errors'
import { inLanes } from '../../core/lanes'
import type { Content, ObjectStore } from './object-store'
import type { S3Place } from './place'
import { errorCode, readListing } from './s3-xml'
import { storeFails, storeRefuses, storeUnreachable } from './store-failure'
import { streamFile } from './stream-file'

const ATTEMPTS = 3
const PAUSE_MS = 200 // doubled each time
const SHORT_MS = 30_000 // for what carries no file
const REMOVED_TOGETHER = 8

/** Objects in a bucket of S3, or of a server that speaks its protocol. */
export function s3Store(place: S3Place): ObjectStore {
  const { keys, region, bucket, style } = place
  const client = new AwsClient({ ...keys, region, service: 's3', retries: 0 })
  const bucketAt = (endpoint: string) =>
    style === 'path' ? `${endpoint}/${bucket}` : endpoint.replace('://', `://${bucket}.`)
  const base = bucketAt(place.endpoint)
  const send = (address: string, init: () => RequestInit) => sendSigned(client, address, init)
  const short = (method: string, headers?: HeadersInit) => (): RequestInit => ({
    method,
    headers,
    signal: AbortSignal.timeout(SHORT_MS),
  })

  return {
    async put(key, content, type) {
      const response = await send(`${base}/${encoded(key)}`, () => upload(content, type))
      if (!response.ok) throw await failureOf(response)
      await response.body?.cancel()
    },
    async size(key) {
      const response = await send(`${base}/${encoded(key)}`, short('HEAD'))
      if (response.status === 404) return undefined
      if (!response.ok) throw await failureOf(response)
      return Number(response.headers.get('content-length'))
    },
    async get(key) {
      const response = await send(`${base}/${encoded(key)}`, () => ({ method: 'GET' }))
      if (response.ok) return response
      const failure = await failureOf(response)
      if (response.status === 404) return undefined
      throw failure
    },
    async copy(from, to) {
      const headers = { 'x-amz-copy-source': `/${bucket}/${encoded(from)}` }
      const response = await send(`${base}/${encoded(to)}`, short('PUT', headers))
      if (response.status === 404) return false
      const text = await response.text()
      // A copy that fails on its way is answered with 200, and with the error in the body.
      if (!response.ok || errorCode(text) !== undefined) throw failure(response.status, text)
      return true
    },
    remove: (names) =>
      inLanes(names.length, REMOVED_TOGETHER, async (i) => {
        const response = await send(`${base}/${encoded(names[i])}`, short('DELETE'))
        if (!response.ok && response.status !== 404) throw await failureOf(response)
        await response.body?.cancel()
      }),
    async *list(prefix) {
      let next: string | undefined
      do {
        const query = new URLSearchParams({ 'list-type': '2', prefix, ...(next && { 'continuation-token': next }) })
        const response = await send(`${base}?${query}`, short('GET'))
        if (!response.ok) throw await failureOf(response)
        const listing = readListing(await response.text())
        yield* listing.objects
        next = listing.next
      } while (next !== undefined)
    },
    async link(key, { seconds, disposition, type }) {
      const url = new URL(`${bucketAt(place.publicEndpoint)}/${encoded(key)}`)
      url.searchParams.set('X-Amz-Expires', String(seconds))
      url.searchParams.set('response-content-disposition', disposition)
      url.searchParams.set('response-content-type', type)
      return (await client.sign(url, { method: 'GET', aws: { signQuery: true } })).url
    },
  }
}

const encoded = (key: string): string => key.split('/').map(encodeURIComponent).join('/')

function upload(content: Content, type: string): RequestInit {
  if (content instanceof Uint8Array) {
    return { method: 'PUT', headers: { 'content-type': type }, body: content as Uint8Array<ArrayBuffer> }
  }
  const headers = { 'content-type': type, 'content-length': String(content.size) }
  return { method: 'PUT', headers, body: streamFile(content.path), duplex: 'half' } as RequestInit
}

/** Tried again where another try may do: each has a signature, and a body, of its own. */
async function sendSigned(client: AwsClient, address: string, init: () => RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    const isLast = attempt === ATTEMPTS
    try {
      const response = await fetch(await client.sign(address, init()))
      if (isLast || (response.status < 500 && response.status !== 429)) return response
      await response.body?.cancel()
    } catch (cause) {
      if (isLast) throw storeUnreachable(cause)
    }
    await sleep(PAUSE_MS * 2 ** (attempt - 1))
  }
}

const failureOf = async (response: Response): Promise<ToolError> =>
  failure(response.status, await response.text().catch(() => ''))

function failure(status: number, xml: string): ToolError {
  const cause = new Error(described(status, xml))
  return status === 401 || status === 403 ? storeRefuses(cause) : storeFails(cause)
}

const described = (status: number, xml: string): string =>
  ['S3 answers', status, errorCode(xml)].filter((part) => part !== undefined).join(' ')
