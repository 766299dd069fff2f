import { expect, vi } from 'vitest'
import { createApp } from '../../server/api/app'
import type { Services } from '../../server/services'

let libraries = 0

/** The REST app as a new user with an empty library sees it, from an address of its own. */
export async function newLibrary({ engine, gate, library }: Services) {
  const app = createApp(engine, { gate, library })
  const count = ++libraries
  const user = await gate.accounts.addUser({ name: `user ${count}`, plan: 'enterprise' })
  const { secret } = await gate.accounts.addKey(user.id, 'test')
  const ask = (path: string, init: RequestInit = {}, key: string | null = secret) =>
    app.request(
      `http://darkroom.test${path}`,
      { ...init, headers: { ...(key !== null && { 'X-API-Key': key }), ...init.headers } },
      { address: `203.0.113.${count}` },
    )
  const read = async (path: string) => (await ask(path)).json()
  const send = (method: string, path: string, body: unknown) =>
    ask(path, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) })
  const add = async (file: Buffer, name: string, modelName: string, prefix = '/api/v1') => {
    const body = new FormData()
    body.append('name', name)
    body.append('file', new Blob([new Uint8Array(file)]), name)
    body.append('model_name', modelName)
    return ask(`${prefix}/image`, { method: 'POST', body })
  }
  return {
    ask,
    read,
    add,
    /** Adds each. @returns their ids */
    async addAll(files: readonly Buffer[], modelName: string): Promise<number[]> {
      const ids: number[] = []
      for (const [i, file] of files.entries()) {
        const response = await add(file, `${i}.jpg`, modelName)
        expect(response.status).toBe(201)
        ids.push((await response.json()).id)
      }
      return ids
    },
    search: (file: Buffer, query = '') => {
      const body = new FormData()
      body.append('file', new Blob([new Uint8Array(file)]), 'search.jpg')
      return ask(`/api/v1/image/search${query}`, { method: 'POST', body })
    },
    answer: (id: number, body: unknown) => send('POST', `/api/v1/image/${id}/processed`, body),
    setAside: (id: number, other_id: number, ignored = true) =>
      send('PUT', `/api/v1/image/${id}/ignored`, { other_id, ignored }),
    remove: (id: number) => ask(`/api/v1/image/${id}`, { method: 'DELETE' }),
    isProcessed: (id: number) =>
      vi.waitFor(async () => expect((await read(`/api/v1/image/${id}`)).status).toBe('PROCESSED'), {
        timeout: 200_000,
        interval: 200,
      }),
  }
}
