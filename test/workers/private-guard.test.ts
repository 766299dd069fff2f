import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { guard, refuseWhenPrivate, sealPage } from '../../workers/private-guard'

const sent = vi.fn()

function newPage() {
  class Xhr {
    send(body?: unknown): void {
      sent('xhr', body)
    }
  }
  const page = {
    fetch: async (...call: unknown[]) => {
      sent('fetch', ...call)
      return new Response('ok')
    },
    XMLHttpRequest: Xhr as unknown as typeof XMLHttpRequest,
    navigator: {
      sendBeacon: (...call: unknown[]) => {
        sent('beacon', ...call)
        return true
      },
    },
  }
  sealPage(page)
  sealPage(page)
  return page
}

let page: ReturnType<typeof newPage>
beforeEach(() => {
  sent.mockClear()
  page = newPage()
})
afterEach(() => {
  guard.set(false)
  guard.setWorkerRefuses(false)
})

const url = 'https://darkroom.example/collect'
const body = new Blob(['pixels'])

async function sendEverything() {
  const results = [
    await page.fetch(url, { method: 'POST', body }).then(
      () => 'sent',
      ({ code }) => code,
    ),
    await page.fetch(new Request(url, { method: 'PUT', body })).then(
      () => 'sent',
      ({ code }) => code,
    ),
    page.navigator.sendBeacon(url, body) ? 'sent' : 'refused',
  ]
  try {
    new page.XMLHttpRequest().send(body)
    return [...results, 'sent']
  } catch (error) {
    return [...results, (error as { code: string }).code]
  }
}

test('in private mode nothing with a body is sent', async () => {
  guard.set(true)
  expect(await sendEverything()).toEqual(['unavailable', 'unavailable', 'refused', 'unavailable'])
  expect(sent).not.toHaveBeenCalled()
  expect(() => refuseWhenPrivate(body)).toThrow(/Private mode/)
})

test('outside private mode everything passes, once', async () => {
  expect(await sendEverything()).toEqual(['sent', 'sent', 'sent', 'sent'])
  expect(sent).toHaveBeenCalledTimes(4)
  expect(() => refuseWhenPrivate(body)).not.toThrow()
})

test('in private mode reads still pass', async () => {
  guard.set(true)
  await expect(page.fetch(url)).resolves.toBeInstanceOf(Response)
  new page.XMLHttpRequest().send()
  new page.XMLHttpRequest().send(null)
  expect(sent).toHaveBeenCalledTimes(3)
})

test('where the service worker refuses, it decides what is answered on the device', async () => {
  guard.set(true)
  guard.setWorkerRefuses(true)
  expect(await sendEverything()).toEqual(['sent', 'sent', 'sent', 'sent'])
  expect(() => refuseWhenPrivate(body)).toThrow(/Private mode/)
})
