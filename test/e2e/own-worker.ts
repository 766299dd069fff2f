import type { BrowserContext, Page } from '@playwright/test'

/** Opens a tool and waits until the service worker has stored the page and answers for it. */
export async function openStored(page: Page, path = '/tools/match-template'): Promise<void> {
  await page.goto(path)
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}

export interface Answer {
  readonly status: number
  readonly body: {
    readonly uid: string
    readonly status: string
    readonly detail?: unknown
    readonly result_files: readonly string[]
    readonly result_data: { readonly matches: readonly unknown[] }
    readonly ran: { readonly place: string } | null
    readonly error_code: string | null
    readonly attempts: number
  }
}

/** Posts a template search of `side` × `side` pixels of noise, as any script on the page could. */
export function postTemplate(page: Page, { side = 96, headers = {} as Record<string, string> } = {}): Promise<Answer> {
  return page.evaluate(
    async ({ side, headers }) => {
      const noise = (size: number) => {
        const picture = new ImageData(size, size)
        let state = 7
        for (let i = 0; i < side * side * 4; i++) {
          state = (Math.imul(state, 1664525) + 1013904223) >>> 0
          const [x, y] = [(i >> 2) % side, Math.floor((i >> 2) / side)]
          const value = (i & 3) === 3 ? 255 : state >>> 24
          if (x < size && y < size) picture.data[(y * size + x) * 4 + (i & 3)] = value
        }
        return picture
      }
      const file = async (size: number) => {
        const canvas = new OffscreenCanvas(size, size)
        canvas.getContext('2d')?.putImageData(noise(size), 0, 0)
        return canvas.convertToBlob()
      }
      const body = new FormData()
      body.set('image', await file(side), 'image.png')
      body.set('template', await file(Math.ceil(side / 6)), 'template.png')
      const response = await fetch('/api/v1/match/template', { method: 'POST', body, headers })
      return { status: response.status, body: await response.json() }
    },
    { side, headers },
  )
}

export function readTask(page: Page, uid: string): Promise<Answer['body']> {
  return page.evaluate(async (id) => (await fetch(`/api/v1/tasks/${id}`)).json(), uid)
}

/** Every request that leaves with a body: from the page past its service worker, or from the service worker itself. */
export function watchBodies(context: BrowserContext): string[] {
  const left: string[] = []
  context.on('request', (request) => {
    if (request.method() === 'GET' || request.method() === 'HEAD') return
    const note = `${request.method()} ${request.url()}`
    if (request.serviceWorker()) left.push(note)
    else void request.response().then((response) => response?.fromServiceWorker() || left.push(note))
  })
  return left
}
