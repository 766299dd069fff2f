/** As much of XMLHttpRequest as an upload needs, over a function that answers. */
export class FakeXhr {
  static answer: (path: string, init: RequestInit) => Promise<Response>

  readonly upload: { onprogress?: (event: { loaded: number }) => void } = {}
  onload?: () => void
  onerror?: () => void
  onabort?: () => void
  status = 0
  responseText = ''
  #path = ''
  #method = ''
  #isAborted = false
  readonly #headers: Record<string, string> = {}
  #answered = new Headers()

  open(method: string, path: string): void {
    this.#method = method
    this.#path = path
  }

  setRequestHeader(name: string, value: string): void {
    this.#headers[name] = value
  }

  getResponseHeader(name: string): string | null {
    return this.#answered.get(name)
  }

  send(body: FormData): void {
    this.upload.onprogress?.({ loaded: 100 })
    FakeXhr.answer(this.#path, { method: this.#method, body, headers: this.#headers }).then(
      async (response) => {
        this.status = response.status
        this.#answered = response.headers
        this.responseText = await response.text()
        if (!this.#isAborted) this.onload?.()
      },
      () => this.onerror?.(),
    )
  }

  abort(): void {
    this.#isAborted = true
    this.onabort?.()
  }
}
