import * as http from 'node:http'
import * as https from 'node:https'
import { BlockedAddressError, type Guard } from './guard'

export interface Letter {
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

interface PostOptions {
  readonly guard: Guard
  /** For everything: connection, request and answer. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** What came of it: the status of the answer, or a sentence in place of one. */
export type Posted = { readonly status: number } | { readonly status: null; readonly error: string }

const MOST_ANSWER_BYTES = 16_384 // read out of politeness, and thrown away

/**
 * Sends one POST and hears the status. By Node's own client and not `fetch`: it takes the guard's lookup, follows no
 * redirect, and keeps no connection whose address was checked long ago.
 *
 * @throws the reason of `signal` when that aborts
 */
export async function post(letter: Letter, { guard, timeoutMs, signal }: PostOptions): Promise<Posted> {
  const late = AbortSignal.timeout(timeoutMs)
  try {
    guard.checkLiteral(letter.url)
    return { status: await statusOf(letter, guard, AbortSignal.any([late, signal])) }
  } catch (error) {
    signal.throwIfAborted()
    if (late.aborted) return { status: null, error: `No answer within ${timeoutMs / 1000} s` }
    return { status: null, error: sentence(error) }
  }
}

function statusOf({ url, headers, body }: Letter, { lookup }: Guard, signal: AbortSignal): Promise<number> {
  const client = url.protocol === 'https:' ? https : http
  const content = Buffer.from(body)
  return new Promise((resolve, reject) => {
    const all = { ...headers, 'Content-Length': String(content.length) }
    const request = client.request(url, { method: 'POST', headers: all, lookup, signal, agent: false })
    request.on('error', reject)
    request.on('response', (response) => {
      drain(response).finally(() => {
        request.destroy()
        resolve(response.statusCode ?? 0)
      })
    })
    request.end(content)
  })
}

/** The status counts, even when the rest of the answer does not come. */
async function drain(response: http.IncomingMessage): Promise<void> {
  let left = MOST_ANSWER_BYTES
  try {
    for await (const chunk of response) {
      left -= chunk.length
      if (left < 0) return
    }
  } catch {
    // cut off
  }
}

function sentence(error: unknown): string {
  if (error instanceof BlockedAddressError) return error.message
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
  return REASONS[code] ?? `The connection failed (${code})`
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The receiver refused the connection',
  ECONNRESET: 'The receiver broke the connection off',
  ENOTFOUND: 'The name of the receiver is not known',
  EAI_AGAIN: 'The name of the receiver could not be looked up',
  EHOSTUNREACH: 'The receiver cannot be reached',
  ENETUNREACH: 'The receiver cannot be reached',
}
