import { errorOf } from './error-of'
import { DarkroomError } from './errors'
import { type Fields, queryOf } from './form'
import { type Limits, limitsIn } from './limits'
import { pause, pauseBefore, RETRY, type RetryPolicy } from './retry'

export type Fetch = (url: string, init: RequestInit) => Response | Promise<Response>

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:8080`. A page or worker of the server itself leaves it out. */
  readonly server?: string
  /** Sent as `X-API-Key`. */
  readonly key?: string | undefined
  /** In place of the global one. */
  readonly fetch?: Fetch
  readonly retry?: Partial<RetryPolicy>
}

export interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly query?: Fields
  readonly form?: FormData
  /** Sent as JSON. */
  readonly json?: unknown
  readonly accept?: string
  readonly signal?: AbortSignal
}

/** Sends requests to one server: adds the key, sends again what was refused for now, and turns refusals into errors. */
export class Connection {
  readonly #base: string
  readonly #key: string | undefined
  readonly #fetch: Fetch
  readonly #retry: RetryPolicy
  #limits: Limits | undefined

  constructor({ server = '', key, fetch = (url, init) => globalThis.fetch(url, init), retry }: ClientOptions) {
    this.#base = server.replace(/\/+$/, '')
    this.#key = key
    this.#fetch = fetch
    this.#retry = { ...RETRY, ...retry }
  }

  /** As the latest answer that had them said. */
  get limits(): Limits | undefined {
    return this.#limits
  }

  /** @throws DarkroomError */
  async json<T>(path: string, ask: Ask = {}): Promise<T> {
    const response = await this.response(path, { accept: 'application/json', ...ask })
    return response.json()
  }

  /** @throws DarkroomError */
  async blob(path: string, ask: Ask = {}): Promise<Blob> {
    return (await this.response(path, ask)).blob()
  }

  /**
   * An answer that is a success, its body not read.
   *
   * @throws DarkroomError for any other, once it is not worth another try; an abort throws the signal's reason
   */
  async response(path: string, ask: Ask = {}): Promise<Response> {
    const { method = 'GET', signal } = ask
    for (let tried = 1; ; tried++) {
      const answer = await this.#try(path, ask)
      if (!(answer instanceof DarkroomError)) return answer
      const ms = pauseBefore(answer, { method, tried }, this.#retry)
      if (ms === undefined) throw answer
      await pause(ms, signal)
    }
  }

  async #try(path: string, ask: Ask): Promise<Response | DarkroomError> {
    const response = await this.#send(path, ask)
    if (response instanceof DarkroomError) return response
    this.#limits = limitsIn(response.headers) ?? this.#limits
    return response.ok ? response : errorOf(response)
  }

  async #send(path: string, { method = 'GET', query = {}, form, json, accept, signal }: Ask) {
    const url = `${this.#base}/${path.replace(/^\/+/, '')}${queryOf(query)}`
    const headers = {
      ...(accept && { Accept: accept }),
      ...(this.#key && { 'X-API-Key': this.#key }),
      ...(json !== undefined && { 'Content-Type': 'application/json' }),
    }
    const body = form ?? (json === undefined ? undefined : JSON.stringify(json))
    try {
      const response = await this.#fetch(url, { method, headers, body, signal, redirect: 'manual' })
      return await this.#followed(response, url, signal)
    } catch (error) {
      signal?.throwIfAborted()
      const message = `No answer from ${this.#base || 'the server'}: ${error instanceof Error ? error.message : error}`
      return new DarkroomError('network', message, { cause: error })
    }
  }

  /** A result that lies in another storage is fetched from there, and the key is not sent along. */
  async #followed(response: Response, url: string, signal: AbortSignal | undefined): Promise<Response> {
    if (response.type === 'opaqueredirect') return this.#fetch(url, { headers: this.#keyHeader(), signal })
    const location = response.headers.get('Location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    return this.#fetch(new URL(location, url).href, { signal })
  }

  #keyHeader(): Record<string, string> {
    return this.#key ? { 'X-API-Key': this.#key } : {}
  }
}
