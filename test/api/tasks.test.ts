import { describe, expect, test } from 'vitest'
import { TaskObject } from '../../server/api/contracts/matching'
import { form, pictures, queued, RUN, service, UNKNOWN_UID } from './support'

describe('GET a task', () => {
  async function read({ app }: ReturnType<typeof service>, uid: string) {
    const response = await app.request(`/api/v1/tasks/${uid}`)
    expect(response.status).toBe(200)
    return TaskObject.strict().parse(await response.json())
  }

  test('follows it through the states of the contract', async () => {
    const host = service()
    const { uid } = await queued(host)
    expect(await read(host, uid)).toMatchObject({ status: 'queued', progress: null, attempts: 0 })
    host.engine.start(uid, 3, 10)
    expect(await read(host, uid)).toMatchObject({ status: 'processing', progress: { done: 3, total: 10 } })
    host.engine.succeed(uid, { matches_found: 0, matches: [] }, [new File(['…'], 'matches.png')])
    expect(await read(host, uid)).toMatchObject({
      status: 'done',
      result_data: { matches_found: 0, matches: [] },
      result_files: [`results/${uid}/matches.png`],
      error: null,
      ran: { place: 'server', backend: 'WASM SIMD' },
      timings: { decode: 1, model_load: 0, compute: 20, encode: 3 },
    })
  })

  test('says in a sentence why one failed', async () => {
    const host = service()
    const { uid } = await queued(host)
    host.engine.fail(uid, 'timeout', 'It took longer than 60 s')
    const expected = { status: 'error', error: 'It took longer than 60 s', error_code: 'timeout', result_data: {} }
    expect(await read(host, uid)).toMatchObject(expected)
  })

  test('has every field of the contract at any time', async () => {
    const { app } = service()
    const fields = Object.keys(await queued({ app }))
    const contract =
      'uid status tool params created_at updated_at input_files thumbnails result_files result_data error'
    expect(fields).toEqual(expect.arrayContaining(contract.split(' ')))
  })

  test('finds it by its uid in capitals and with a slash at the end', async () => {
    const host = service()
    const { uid } = await queued(host)
    expect(await read(host, `${uid.toUpperCase()}/`)).toMatchObject({ uid })
  })

  test.each(['GET', 'DELETE'])('%s of an unknown uid is a 404', async (method) => {
    const response = await service().app.request(`/api/v1/tasks/${UNKNOWN_UID}`, { method })
    expect(response.status).toBe(404)
    expect(await response.json()).toEqual({ detail: 'Task not found' })
  })

  test.each(['GET', 'DELETE'])('%s of a malformed uid is a 422', async (method) => {
    const response = await service().app.request('/api/v1/tasks/42', { method })
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({
      detail: [{ type: 'uuid_parsing', loc: ['path', 'uid'], msg: 'Input should be a valid UUID', input: '42' }],
    })
  })
})

describe('GET the list of tasks', () => {
  test('has the newest first and says how many there are', async () => {
    const host = service()
    const uids = [await queued(host), await queued(host), await queued(host)].map(({ uid }) => uid)
    const { total, tasks } = await (await host.app.request('/api/v1/tasks?offset=1&limit=1')).json()
    expect(total).toBe(3)
    expect(tasks.map(({ uid }: { uid: string }) => uid)).toEqual([uids[1]])
  })

  test('gives 50 unless told otherwise', async () => {
    const host = service()
    for (let i = 0; i < 51; i++) await queued(host)
    const { total, tasks } = await (await host.app.request('/api/v1/tasks/')).json()
    expect([total, tasks.length]).toEqual([51, 50])
  })

  test('names everything that is wrong in the query', async () => {
    const response = await service().app.request('/api/v1/tasks?offset=-1&limit=201')
    expect(response.status).toBe(422)
    expect(await response.json()).toEqual({
      detail: [
        {
          type: 'greater_than_equal',
          loc: ['query', 'offset'],
          msg: 'Input should be greater than or equal to 0',
          input: -1,
        },
        {
          type: 'less_than_equal',
          loc: ['query', 'limit'],
          msg: 'Input should be less than or equal to 200',
          input: 201,
        },
      ],
    })
  })

  test.each(['ten', '1.5', 'NaN', '-'])('refuses limit=%s', async (limit) => {
    const response = await service().app.request(`/api/v1/tasks?limit=${limit}`)
    expect(response.status).toBe(422)
    expect(await response.json()).toMatchObject({ detail: [{ loc: ['query', 'limit'] }] })
  })
})

describe('DELETE a task', () => {
  test('cancels it and answers it as it then is', async () => {
    const host = service()
    const { uid } = await queued(host)
    const response = await host.app.request(`/api/v1/tasks/${uid}`, { method: 'DELETE' })
    expect(response.status).toBe(200)
    const canceled = { uid, status: 'error', error: 'Canceled on request', error_code: 'canceled' }
    expect(await response.json()).toMatchObject(canceled)
    expect(await (await host.app.request(`/api/v1/tasks/${uid}`)).json()).toMatchObject(canceled)
  })

  test('that has ended is a conflict', async () => {
    const host = service()
    const { uid } = await queued(host)
    host.engine.succeed(uid, {})
    const response = await host.app.request(`/api/v1/tasks/${uid}`, { method: 'DELETE' })
    expect(response.status).toBe(409)
    expect(await response.json()).toEqual({ detail: 'The task has already ended' })
  })
})

describe('a path or method that there is not', () => {
  test.each([
    ['PUT', '/api/v1/tasks', 'GET, HEAD, OPTIONS'],
    ['POST', `/api/v1/tasks/${UNKNOWN_UID}`, 'GET, HEAD, DELETE, OPTIONS'],
    ['GET', RUN, 'POST, OPTIONS'],
    ['PATCH', `${RUN}/`, 'POST, OPTIONS'],
    ['DELETE', '/openapi.json', 'GET, HEAD, OPTIONS'],
  ])('%s %s is a 405 that says what is possible', async (method, path, allow) => {
    const response = await service().app.request(path, { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('Allow')).toBe(allow)
    expect((await response.json()).detail).toContain(allow)
  })

  test('OPTIONS answers what is possible', async () => {
    const response = await service().app.request(RUN, { method: 'OPTIONS' })
    expect(response.status).toBe(204)
    expect(response.headers.get('Allow')).toBe('POST, OPTIONS')
  })

  test('HEAD has the headers of GET and no body', async () => {
    const response = await service().app.request('/api/v1/tasks', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toContain('application/json')
    expect(await response.text()).toBe('')
  })

  test.each(['/api', '/api/v1/nothing', '/api/v1/match/nothing', '/uploads', '/%E0%A4%A'])(
    '%s is a 404',
    async (path) => {
      const response = await service().app.request(path, form(pictures))
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({ detail: expect.any(String) })
    },
  )
})
