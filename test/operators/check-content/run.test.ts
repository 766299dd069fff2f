import { beforeAll, describe, expect, test } from 'vitest'
import { nsfwMobileNet } from '../../../models/entries/content-classes'
import { CONTENT_CLASSES, checkContent } from '../../../operators/check-content/spec'
import { FETCH_MS } from '../../models/model-cache'
import { fixture, isReady, runTool } from '../real-models'

const present = await isReady(nsfwMobileNet.id)
const title = `the content filter${present ? '' : ` (skipped: ${nsfwMobileNet.id} is not here)`}`

let street: Buffer
beforeAll(async () => {
  street = await fixture('street.jpg')
})

const judge = async (params = {}) => checkContent.result.parse(await runTool('check-content', street, params))

describe.skipIf(!present)(title, { timeout: FETCH_MS }, () => {
  test('lets a street pass', async () => {
    const { policy, explicit, suggestive, classes } = await judge()
    expect(policy).toBe('allow')
    expect(explicit).toBeLessThan(0.05)
    expect(suggestive).toBeLessThan(0.05)
    expect(['neutral', 'drawing']).toContain(classes[0].name)
  })

  test('gives a share of every class, the likeliest first, together 1', async () => {
    const { classes } = await judge()
    expect(classes.map(({ name }) => name).sort()).toEqual([...CONTENT_CLASSES].sort())
    const shares = classes.map(({ score }) => score)
    expect(shares).toEqual(shares.toSorted((a, b) => b - a))
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 2)
  })

  test('explicit is a part of suggestive, and both are sums of classes', async () => {
    const { classes, explicit, suggestive } = await judge()
    const share = (wanted: string) => classes.find(({ name }) => name === wanted)?.score ?? Number.NaN
    expect(explicit).toBeCloseTo(share('porn') + share('hentai'), 4)
    expect(suggestive).toBeCloseTo(explicit + share('sexy'), 4)
  })

  test('refuses a threshold that would flag everything, by its name', async () => {
    await expect(judge({ review_explicit: 0 })).rejects.toThrow(/review_explicit/)
  })
})
