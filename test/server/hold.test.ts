import { expect, test } from 'vitest'
import { HeldBytes } from '../../server/uploads/held-bytes'
import { hold } from '../../server/uploads/hold'
import { multipart } from './support'

const limits = { fileBytes: 1000, cloudBytes: 1000, totalBytes: 1000, files: 3 }

const request = (length?: number) =>
  multipart(
    { file: new File([new Uint8Array(600)], 'x.png') },
    { headers: length ? { 'content-length': `${length}` } : {} },
  )

test('requests are held up to the budget; the next is busy before its body is read', async () => {
  const budget = new HeldBytes(1500)
  const first = await hold(request(800), limits, budget)
  const second = request(800)
  await expect(hold(second, limits, budget)).rejects.toMatchObject({ code: 'busy' })
  expect(second.bodyUsed).toBe(false)
  first.release()
  first.release()
  const again = await hold(second, limits, budget)
  expect(again.files[0].bytes).toHaveLength(600)
  await expect(hold(request(800), limits, budget)).rejects.toMatchObject({ code: 'busy' })
})

test('one that does not tell its length counts as the largest', async () => {
  const budget = new HeldBytes(1500)
  await hold(request(), limits, budget)
  await expect(hold(request(501), limits, budget)).rejects.toMatchObject({ code: 'busy' })
  await hold(request(500), limits, budget)
})

test('one over the whole budget is held alone', async () => {
  const budget = new HeldBytes(100)
  const { release } = await hold(request(), limits, budget)
  await expect(hold(request(), limits, budget)).rejects.toMatchObject({ code: 'busy' })
  release()
  await hold(request(), limits, budget)
})

test('a refused request holds nothing', async () => {
  const budget = new HeldBytes(1000)
  await expect(hold(request(1e6), limits, budget)).rejects.toMatchObject({ code: 'too-large' })
  await hold(request(), limits, budget)
})
