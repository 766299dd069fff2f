import { type Client, type ClientOptions, createClient } from '../../client/client'
import { service } from '../api/support'

/** Without pauses, so that tests do not wait. */
export const AT_ONCE = { firstPauseMs: 0 }

/** A client whose requests an app in this process answers. */
export function clientOfApp(options: ClientOptions = {}) {
  const { app, engine } = service()
  const client = createClient({ fetch: (url, init) => app.request(url, init), retry: AT_ONCE, ...options })
  return { app, engine, client }
}

interface Sent {
  readonly method: string
  readonly url: string
  readonly headers: Headers
}

/** A client that is given these answers, one after another, and what it sent for them. */
export function clientOfAnswers(answers: readonly (Response | Error)[], options: ClientOptions = {}) {
  const sent: Sent[] = []
  const rest = [...answers]
  const fetch = async (url: string, init: RequestInit): Promise<Response> => {
    sent.push({ method: init.method ?? 'GET', url, headers: new Headers(init.headers) })
    const answer = rest.shift()
    if (!answer) throw new Error('More was asked than answered')
    if (answer instanceof Error) throw answer
    return answer
  }
  const client: Client = createClient({ server: 'http://server', fetch, retry: AT_ONCE, ...options })
  return { client, sent }
}
