import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { TaskId } from '../../server/api/task'
import { openDatabase } from '../../server/db/database'
import { addWebhook, enabledWebhooks, listWebhooks } from '../../server/webhooks/webhook-store'
import { onEachDatabase } from './databases'
import { testConfig } from './support'

vi.setConfig({ testTimeout: 120_000 })

onEachDatabase('Webhooks of several keys', ({ create }) => {
  test('are told of the tasks of their own key, and those of nobody of nobody’s', async () => {
    const { sql, close } = await openDatabase(testConfig(await create()))
    const add = (owner: string | null) =>
      addWebhook(sql, { id: `wh_${randomUUID()}`, url: 'https://a.test/', secret: null, owner })
    const [mine, other, open] = [await add('key_a'), await add('key_b'), await add(null)]
    const told = (owner: string | null) => enabledWebhooks(sql, { uid: TaskId.parse(randomUUID()), owner })
    expect(await told('key_a')).toEqual([mine.id])
    expect(await told('key_b')).toEqual([other.id])
    expect(await told(null)).toEqual([open.id])
    expect((await listWebhooks(sql, 'key_a')).map(({ id }) => id)).toEqual([mine.id])
    expect((await listWebhooks(sql, null)).map(({ id }) => id)).toEqual([open.id])
    await close()
  })
})
