import { afterEach, expect, test, vi } from 'vitest'
import { install, type Precache, repair } from '../../workers/precache'

afterEach(() => vi.unstubAllGlobals())

/** A server that answers each address with one status after the other, the last one for good. */
function offline(statuses: Readonly<Record<string, readonly number[]>>) {
  const stored = new Set<string>()
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    const turn = asked.filter((one) => one === url).length
    asked.push(url)
    const all = statuses[url] ?? [200]
    const status = all[Math.min(turn, all.length - 1)]
    if (status === 0) throw new TypeError('no network')
    return new Response('', { status })
  })
  const precache: Precache = {
    entries: ['/page', '/code.js', '/sample.jpg'].map((url) => ({ url, revision: 'a' })),
    isNeeded: (path) => path !== '/sample.jpg',
    isStored: async (url) => stored.has(url),
    store: async (url) => void stored.add(url),
  }
  return { precache, stored, asked }
}

test('everything is stored, and nothing that is there already is asked for', async () => {
  const { precache, stored, asked } = offline({})
  stored.add('/code.js')
  await install(precache, [])
  expect([...stored].sort()).toEqual(['/code.js', '/page', '/sample.jpg'])
  expect(asked.sort()).toEqual(['/page', '/sample.jpg'])
})

test('what is missing for a moment is asked for again', async () => {
  const { precache, stored } = offline({ '/code.js': [0, 503, 200] })
  await install(precache, [1, 1])
  expect(stored).toContain('/code.js')
})

test('a sample may be missing; a later repair fetches it, and only it', async () => {
  const { precache, stored, asked } = offline({ '/sample.jpg': [404, 404, 200] })
  await install(precache, [1])
  expect([...stored].sort()).toEqual(['/code.js', '/page'])
  asked.splice(0, asked.length, '/sample.jpg', '/sample.jpg')
  await repair(precache)
  expect(stored).toContain('/sample.jpg')
  expect(asked).toHaveLength(3)
})

test('code may not be missing, and a page may not', async () => {
  await expect(install(offline({ '/code.js': [404] }).precache, [1])).rejects.toThrow(/code\.js/)
  await expect(install(offline({ '/page': [500] }).precache, [])).rejects.toThrow(/page/)
})
