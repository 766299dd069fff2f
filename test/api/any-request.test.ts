import { describe, expect, test } from 'vitest'
import { seeded } from '../support'
import { RUN, service } from './support'

const random = seeded(5)
const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]
const some = <T>(most: number, make: () => T): T[] => Array.from({ length: Math.floor(random() * (most + 1)) }, make)

const WORDS = [
  'image template steps secret threshold max_results method use_grayscale offset limit __proto__ constructor length'.split(
    ' ',
  ),
  ['', ' ', '0', '-1', '1e309', '0x10', 'NaN', 'null', '[]', '{"a":1}', '9'.repeat(400), 'é', '\u0000', '\ud800', '😀'],
  ['../..', '%2e%2e%2f', '%', '%zz', '<script>', '"\r\nX: y', "';--", '\\', '?', '#', '&=', '//', 'a'.repeat(5000)],
].flat()
const word = () => one(WORDS)

const path = () =>
  one([
    () => RUN,
    () => `/api/v1/tasks?${new URLSearchParams({ offset: word(), limit: word() })}&${word()}`,
    () => '/api/v1/match/chain',
    () => `/api/v1/settings/${one(['template', 'feature', word()])}`,
    () =>
      `/api/v1/webhooks${one(['', `/${word()}`, `/${word()}/deliveries`, `/${word()}/deliveries/${word()}/replay`])}`,
    () => `/api/v1/tasks/${word()}${one(['', '/', '/events'])}`,
    () => `/${one(['uploads', 'thumbnails', 'results', 'docs-assets', 'api'])}/${word()}/${word()}`,
    () => `/${word()}`,
  ])()

function body(): BodyInit | undefined {
  const form = new FormData()
  for (const [name, value] of some(8, () => [word(), word()] as const)) {
    if (random() < 0.5) form.append(name, value)
    else form.append(name, new File([value], word()))
  }
  const json = JSON.stringify(Object.fromEntries(some(4, () => [one(['url', 'threshold', word()]), one([word(), 1])])))
  return one([form, form, form, new Blob([one([json, word()])], { type: 'application/json' }), word(), undefined])
}

describe('whatever is asked', () => {
  test('the answer is never a mistake of ours, and JSON when it is a refusal', async () => {
    const { app, logged } = service()
    for (let round = 0; round < 1500; round++) {
      const method = one(['GET', 'HEAD', 'POST', 'POST', 'POST', 'DELETE', 'PUT', 'OPTIONS'])
      const target = `http://host.test${path()}`
      const init: RequestInit = { method, ...(method === 'GET' || method === 'HEAD' ? {} : { body: body() }) }
      const response = await app.request(target, init)
      const text = await response.text()
      const wrong = response.status >= 500 || (response.status >= 400 && method !== 'HEAD' && !JSON.parse(text).detail)
      expect({ method, target, wrong, logged }).toEqual({ method, target, wrong: false, logged: [] })
    }
  })
})
