import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { form, pictures, RUN } from '../api/support'
import { accessService } from '../server/access-service'
import { dataFolder } from '../server/support'

// That they are not there is tested in test/server/access.test.ts; here, that nothing tells them from what never was.
test('the task of another key is answered by the same words as one that never was', async () => {
  const { ask, newKey, database } = await accessService({ DATA_DIR: await dataFolder(), OPEN_FAMILIES: 'matching' })
  const [mine, other] = [await newKey('enterprise'), await newKey('enterprise')]
  const as = (secret: string, init: RequestInit = {}) => ({ ...init, headers: { 'X-API-Key': secret } })
  const task = await (await ask(RUN, as(mine.secret, form(pictures)))).json()
  const paths: readonly [method: string, path: string][] = [
    ['GET', `/api/v1/tasks/${task.uid}`],
    ['DELETE', `/api/v1/tasks/${task.uid}`],
    ['GET', `/api/v1/tasks/${task.uid}/events`],
    ['GET', `/api/v1/task-status/${task.uid}`],
    ['GET', `/${task.input_files[0]}`],
    ['GET', `/${task.thumbnails[0]}`],
  ]
  for (const [method, path] of paths) {
    const [hidden, absent] = await Promise.all(
      [path, path.replace(task.uid, randomUUID())].map((one) => ask(one, as(other.secret, { method }))),
    )
    expect([path, hidden.status, await hidden.text()]).toEqual([path, 404, await absent.text()])
    expect(absent.status).toBe(404)
    expect([...hidden.headers.keys()]).toEqual([...absent.headers.keys()])
  }
  await database.close()
})
