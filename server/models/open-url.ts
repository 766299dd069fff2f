import type { Answer, Request } from './download'

const MOST_REDIRECTS = 5

/** Asks an address of the manifest. A redirect may lead to another host, but never from https to http. */
export const requestUrl =
  (address: string): Request =>
  async (headers, signal) => {
    let url = new URL(address)
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      const response = await fetch(url, { headers: { ...PLAIN, ...headers }, signal, redirect: 'manual' })
      const location = response.headers.get('location')
      if (response.status < 300 || response.status >= 400 || location === null) return toAnswer(response)
      await response.body?.cancel()
      url = follow(url, location)
    }
    throw new Error(`There were more than ${MOST_REDIRECTS} redirects`)
  }

// Ranges count stored bytes, not compressed ones.
const PLAIN = { 'accept-encoding': 'identity' }

function follow(from: URL, location: string): URL {
  const to = new URL(location, from)
  const isSafe = to.protocol === 'https:' || (to.protocol === 'http:' && from.protocol === 'http:')
  if (!isSafe) throw new Error(`A redirect to ${to.protocol} is not followed`)
  return to
}

const toAnswer = (response: Response): Answer => ({
  status: response.status,
  header: (name) => response.headers.get(name),
  body: response.body ?? NOTHING,
})

const NOTHING: AsyncIterable<Uint8Array> = (async function* () {})()
