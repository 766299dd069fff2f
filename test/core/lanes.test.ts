import { expect, test } from 'vitest'
import { inLanes } from '../../core/lanes'

const later = () => new Promise((resolve) => setTimeout(resolve, 1))

test('each index is worked on once, and no more at once than may be', async () => {
  const seen: number[] = []
  let [now, most] = [0, 0]
  await inLanes(7, 3, async (i) => {
    most = Math.max(most, ++now)
    await later()
    seen.push(i)
    now--
  })
  expect(seen.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6])
  expect(most).toBe(3)
})

test('a failure is told when what had begun has ended, and nothing new begins', async () => {
  const begun: number[] = []
  const ended: number[] = []
  const work = async (i: number) => {
    begun.push(i)
    if (i === 0) throw new Error('the first')
    await later()
    ended.push(i)
  }
  await expect(inLanes(9, 2, work)).rejects.toThrow('the first')
  expect(begun).toEqual([0, 1])
  expect(ended).toEqual([1])
})
