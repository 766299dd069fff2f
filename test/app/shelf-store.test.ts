import { describe, expect, test } from 'vitest'
import type { Row } from '../../app/models/row'
import { type ServerShelf, ShelfStore } from '../../app/models/shelf-store'
import { TransferMeter } from '../../app/models/transfer'
import { ToolError } from '../../core/errors'
import type { Model } from '../../models/model'
import type { ModelShelf } from '../../workers/models/shelf'
import type { Here } from '../../workers/models/store'

const model = { id: 'net', files: [{ name: 'net.onnx', bytes: 100, sha256: '' }] } as unknown as Model

/** A device that keeps one model; a download goes on until it is told how it ends. */
function setUp({ onServer = 'installed' as 'installed' | 'absent' } = {}) {
  let here: Here = { state: 'absent' }
  let licence: Row['licence'] = 'free'
  let now = 0
  const said: string[] = []
  let held: Promise<void> | undefined
  let progress: (bytes: number, total: number) => void = () => {}
  let end: (error?: unknown) => void = () => {}
  const device: ModelShelf = {
    subscribe: () => () => {},
    list: async () => {
      const entries = [{ model, here, licence }]
      await held
      return entries
    },
    download: (_id, onProgress) => {
      progress = (bytes, total) => {
        here = { state: 'fetching', bytes, total }
        onProgress(bytes, total)
      }
      return new Promise((resolve, reject) => {
        end = (error) => {
          if (!error) here = { state: 'installed' }
          error ? reject(error) : resolve()
        }
      })
    },
    pause: async () => {
      here = { state: 'paused', bytes: 40, total: 100 }
      end(new ToolError('canceled', 'Paused'))
    },
    cancel: async () => {
      here = { state: 'absent' }
      end(new ToolError('canceled', 'Canceled'))
    },
    remove: async () => {
      here = { state: 'absent' }
    },
    verify: async () => false,
    accept: async (_id, accepted) => {
      licence = accepted ? 'accepted' : 'asked'
    },
  }
  const server: ServerShelf = {
    list: async () => ({ net: { state: onServer } }),
    bring: async (_id, onChange) => {
      said.push('bring')
      onChange({ state: 'fetching', bytes: 10, total: 100 })
    },
  }
  const shelf = new ShelfStore(device, server, () => now)
  return {
    ...{ shelf, device, said },
    row: () => shelf.rows.get()[0],
    arrive: (bytes: number, at: number) => {
      now = at
      progress(bytes, 100)
    },
    end: (error?: unknown) => end(error),
    /** The next list comes only when this is called. */
    holdNextList: () => {
      let release = () => {}
      held = new Promise((resolve) => {
        release = resolve
      })
      return () => release()
    },
    letListsPass: () => {
      held = undefined
    },
    loseServer: () => {
      server.list = () => Promise.reject(new ToolError('unavailable', 'gone'))
    },
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('the shelf', () => {
  test('shows the bytes of a download with their speed and what time is left, and that it is there in the end', async () => {
    const { shelf, row, arrive, end } = setUp()
    await shelf.refresh()
    const done = shelf.fetch('net')
    await settled()
    arrive(10, 1000)
    arrive(30, 2000)
    expect(row()).toMatchObject({
      here: { state: 'fetching', bytes: 30, total: 100 },
      pace: { bytesPerSecond: 20, leftMs: 3500 },
    })
    end()
    expect(await done).toBe(true)
    expect(row()).toMatchObject({ here: { state: 'installed' }, pace: null, failed: null })
  })

  test('the last bytes before a download stands still are shown, however soon they came', async () => {
    const { shelf, row, arrive } = setUp()
    await shelf.refresh()
    void shelf.fetch('net')
    await settled()
    arrive(0, 1000)
    arrive(20, 1001)
    arrive(50, 1002)
    await expect.poll(() => row().here).toMatchObject({ state: 'fetching', bytes: 50 })
  })

  test('a pause is no failure and keeps what arrived', async () => {
    const { shelf, row } = setUp()
    await shelf.refresh()
    const done = shelf.fetch('net')
    await settled()
    await shelf.pause('net')
    expect(await done).toBe(false)
    expect(row()).toMatchObject({ here: { state: 'paused', bytes: 40, total: 100 }, failed: null })
  })

  test('says why a download failed until it is tried again', async () => {
    const { shelf, row, end } = setUp()
    await shelf.refresh()
    const done = shelf.fetch('net')
    await settled()
    end(new ToolError('storage-full', 'There is no room left'))
    expect(await done).toBe(false)
    expect(row().failed).toMatchObject({ code: 'storage-full' })
    void shelf.fetch('net')
    expect(row().failed).toBeNull()
  })

  test('keeps why a download failed although the list was asked for before it did', async () => {
    const { shelf, row, end, holdNextList, letListsPass } = setUp()
    await shelf.refresh()
    const done = shelf.fetch('net')
    await settled()
    const release = holdNextList()
    const asked = shelf.refresh()
    letListsPass()
    end(new ToolError('storage-full', 'There is no room left'))
    await done
    release()
    await asked
    expect(row().failed).toMatchObject({ code: 'storage-full' })
  })

  test('has the server fetch first what it does not have itself', async () => {
    const { shelf, row, said, end } = setUp({ onServer: 'absent' })
    await shelf.refresh()
    await shelf.refreshServer()
    expect(row().there).toEqual({ state: 'absent' })
    const done = shelf.fetch('net')
    await settled()
    expect(said).toEqual(['bring'])
    expect(row().there).toEqual({ state: 'installed' })
    end()
    expect(await done).toBe(true)
  })

  test('a second press while a download goes on begins no second one', async () => {
    const { shelf, end } = setUp()
    await shelf.refresh()
    const first = shelf.fetch('net')
    expect(await shelf.fetch('net')).toBe(false)
    await settled()
    end()
    expect(await first).toBe(true)
  })

  test('the silence of the server is told apart from what it said before', async () => {
    const { shelf, row, loseServer } = setUp()
    await shelf.refresh()
    await shelf.refreshServer()
    expect([shelf.serverAnswers.get(), row().there]).toEqual([true, { state: 'installed' }])
    loseServer()
    await shelf.refreshServer()
    expect([shelf.serverAnswers.get(), row().there]).toEqual([false, { state: 'unknown' }])
  })

  test('follows a licence that is accepted and withdrawn', async () => {
    const { shelf, row } = setUp()
    await shelf.refresh()
    await shelf.accept('net', true)
    expect(row().licence).toBe('accepted')
    await shelf.accept('net', false)
    expect(row().licence).toBe('asked')
  })

  test('a file that is not what it should be is told by verify', async () => {
    const { shelf } = setUp()
    await shelf.refresh()
    expect(await shelf.verify('net')).toBe(false)
  })
})

describe('the speed of a transfer', () => {
  test('is that of the last seconds, not of all the time since it began', () => {
    const meter = new TransferMeter()
    for (let second = 0; second <= 10; second++) meter.add(second * 1000, second * 10)
    for (let second = 11; second <= 20; second++) meter.add(second * 1000, 100 + (second - 10) * 50)
    expect(meter.pace(1000)).toEqual({ bytesPerSecond: 50, leftMs: 8000 })
  })

  test('is not told before there is something to tell, nor while nothing arrives', () => {
    const meter = new TransferMeter()
    expect(meter.pace(100)).toBeNull()
    meter.add(0, 10)
    meter.add(100, 20)
    expect(meter.pace(100)).toBeNull()
    meter.add(5000, 20)
    meter.add(7000, 20)
    expect(meter.pace(100)).toBeNull()
  })
})
