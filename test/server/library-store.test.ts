import { sql } from 'drizzle-orm'
import { expect, onTestFinished, test } from 'vitest'
import { hammingDistance } from '../../core/copies/pdq'
import { openDatabase } from '../../server/db/database'
import {
  addImage,
  claimImage,
  findImage,
  finishImage,
  listImages,
  releaseImage,
  removeImage,
} from '../../server/library/image-store'
import { copiesOf, ignoreLink, linkImages, unlinkImage } from '../../server/library/link-store'
import { findCandidates, indexImage } from '../../server/library/search'
import { seeded } from '../support'
import { onEachDatabase } from './databases'
import { testConfig } from './support'

const OURS = 'darkroom-copies'
const LEASE_SECONDS = 60

onEachDatabase('the library', ({ create }) => {
  async function open() {
    const { sql, close } = await openDatabase(testConfig(await create()))
    onTestFinished(close)
    let count = 0
    const add = (owner: string | null = null, modelName = OURS) => {
      const name = `${++count}.jpg`
      return addImage(sql, { owner, name, modelName, path: `images/${owner}_${name}`, sha256: `${count}`, bytes: 9 })
    }
    const group = async (id: number) => {
      const row = await findImage(sql, null, id)
      return row && (await copiesOf(sql, row)).map((copy) => copy.id)
    }
    const link = (id: number, ...others: number[]) =>
      linkImages(
        sql,
        id,
        others.map((other) => ({ other, verdict: 'edited', probability: 0.9, evidence: null })),
      )
    return { sql, add, group, link }
  }

  test('gives each waiting picture to one worker alone, the oldest first', async () => {
    const { sql, add } = await open()
    for (let i = 0; i < 12; i++) await add()
    const claimed = await Promise.all(Array.from({ length: 15 }, () => claimImage(sql, OURS, LEASE_SECONDS, null)))
    const ids = claimed.flatMap((row) => (row ? [row.id] : []))
    expect(new Set(ids).size).toBe(12)
    expect(ids).toHaveLength(12)
    await add()
    await add()
    expect((await claimImage(sql, OURS, LEASE_SECONDS, null))?.name).toBe('13.jpg')
  })

  test('gives a picture of another model, or in another library, to nobody else', async () => {
    const { sql, add } = await open()
    const theirs = await add('user', 'clip')
    expect(await claimImage(sql, 'clip', LEASE_SECONDS, null)).toBeUndefined()
    expect(await claimImage(sql, OURS, LEASE_SECONDS, 'user')).toBeUndefined()
    expect(await findImage(sql, null, theirs.id)).toBeUndefined()
    expect(await removeImage(sql, 'somebody', theirs.id)).toBeUndefined()
    expect((await claimImage(sql, 'clip', LEASE_SECONDS, 'user'))?.id).toBe(theirs.id)
  })

  test('takes a picture back when a lease has run out, and then believes only the later worker', async () => {
    const { sql, add } = await open()
    const { id } = await add()
    const first = await claimImage(sql, OURS, 0, null)
    const second = await claimImage(sql, OURS, LEASE_SECONDS, null)
    expect([first?.id, second?.id]).toEqual([id, id])
    expect(await finishImage(sql, id, first?.claims as number, {})).toBe(false)
    expect(await finishImage(sql, id, second?.claims as number, { width: 3, height: 2 })).toBe(true)
    expect(await finishImage(sql, id, second?.claims as number, {})).toBe(false)
    expect(await findImage(sql, null, id)).toMatchObject({ status: 'PROCESSED', width: 3, height: 2 })
    expect(await listImages(sql, null, { status: 'UPLOADED' })).toEqual([])
  })

  test('gives a picture that a worker could not finish to the next one', async () => {
    const { sql, add } = await open()
    const { id } = await add()
    const claim = await claimImage(sql, OURS, LEASE_SECONDS, null)
    await releaseImage(sql, id, claim?.claims as number)
    expect((await listImages(sql, null, { status: 'UPLOADED' })).map((image) => image.id)).toEqual([id])
    expect((await claimImage(sql, OURS, LEASE_SECONDS, null))?.claims).toBe(2)
  })

  test('links both ways, and through others', async () => {
    const { add, group, link } = await open()
    const [a, b, c, d, e] = [await add(), await add(), await add(), await add(), await add()].map(({ id }) => id)
    await link(b, a)
    await link(d, c)
    expect([await group(a), await group(b), await group(c), await group(e)]).toEqual([[b], [a], [d], []])
    await link(c, b)
    expect([await group(a), await group(d), await group(e)]).toEqual([[b, c, d], [a, b, c], []])
  })

  test('writes only the picture that joins a group, however many are in it, and the smaller group where two are joined', async () => {
    const { sql: db, add, group, link } = await open()
    const ids: number[] = []
    for (let i = 0; i < 8; i++) ids.push((await add()).id)
    const [a, b, c, d, e, f, g] = ids
    await link(b, a)
    await link(c, a)
    await link(g, f)
    const written = async (work: () => Promise<void>) => {
      const versions = async () => {
        const answer = await db.execute(sql`select id, xmin::text as version from images`)
        const { rows } = answer as unknown as { rows: { id: number; version: string }[] }
        return new Map(rows.map(({ id, version }) => [id, version]))
      }
      const before = await versions()
      await work()
      const after = await versions()
      return ids.filter((id) => before.get(id) !== after.get(id))
    }
    expect(await written(() => link(d, b, c))).toEqual([d])
    expect(await written(() => link(d, a))).toEqual([])
    expect(await written(() => link(e, d, f))).toEqual([e, f, g])
    expect(await group(a)).toEqual([b, c, d, e, f, g])
  })

  test('links the same pictures whichever comes first, also at the same time', async () => {
    const { add, group, link } = await open()
    const ids: number[] = []
    for (let i = 0; i < 8; i++) ids.push((await add()).id)
    await Promise.all(ids.slice(1).map((id, i) => link(id, ids[i])))
    expect(await group(ids[0])).toEqual(ids.slice(1))
  })

  test('parts a group where people say that two are no copies, for good', async () => {
    const { sql, add, group, link } = await open()
    const [a, b, c] = [await add(), await add(), await add()].map(({ id }) => id)
    await link(b, a)
    await link(c, b)
    expect(await ignoreLink(sql, c, b, true)).toBe(true)
    await link(c, b)
    expect([await group(a), await group(c)]).toEqual([[b], []])
    await ignoreLink(sql, b, c, false)
    expect(await group(a)).toEqual([b, c])
    expect(await ignoreLink(sql, a, c, true)).toBe(false)
  })

  test('parts what hung together through a picture that is removed', async () => {
    const { sql, add, group, link } = await open()
    const [a, b, c, d] = [await add(), await add(), await add(), await add()].map(({ id }) => id)
    await link(a, b)
    await link(b, c, d)
    await link(c, d)
    await unlinkImage(sql, b)
    await removeImage(sql, null, b)
    expect([await group(a), await group(c), await group(d)]).toEqual([[], [d], [c]])
  })

  test('finds pictures by file, by perceptual hash in any orientation, and by embedding', async () => {
    const { sql, add } = await open()
    const random = seeded(3)
    const hash = () => Array.from({ length: 64 }, () => Math.floor(random() * 16).toString(16)).join('')
    const vector = () => unit(Array.from({ length: 256 }, () => random() - 0.5))
    const stored = []
    for (let i = 0; i < 60; i++) {
      const owner = i === 59 ? 'somebody' : null
      const { id, sha256 } = await add(owner)
      const [pdq, embedding] = [hash(), vector()]
      const claim = await claimImage(sql, OURS, LEASE_SECONDS, owner)
      await indexImage(sql, id, pdq, { model: OURS, embedding })
      await finishImage(sql, id, claim?.claims as number, { pdq, pdqQuality: 100 })
      stored.push({ id, sha256, pdq, embedding })
    }
    const look = (over: object, owner: string | null = null) =>
      findCandidates(sql, owner, { sha256: '', orientations: [hash()], model: OURS, embedding: vector(), ...over }, 5)
    const near = `${flipped(stored[7].pdq)}`
    const byHash = await look({ orientations: [hash(), near, hash()] })
    expect(byHash.find(({ distance }) => distance !== null)).toMatchObject({
      id: stored[7].id,
      distance: hammingDistance(near, stored[7].pdq),
    })
    const [byVector] = await look({ embedding: stored[20].embedding })
    expect(byVector.id).toBe(stored[20].id)
    expect(byVector.similarity).toBeCloseTo(1, 5)
    expect((await look({ sha256: stored[31].sha256 })).map(({ id }) => id)).toContain(stored[31].id)
    const theirs = await look({ orientations: [stored[59].pdq], embedding: stored[59].embedding })
    expect(theirs.map(({ id }) => id)).not.toContain(stored[59].id)
    const [own] = await look({ orientations: [stored[59].pdq] }, 'somebody')
    expect(own).toMatchObject({ id: stored[59].id, distance: 0 })
  })
})

const unit = (vector: number[]): number[] => vector.map((value) => value / Math.hypot(...vector))

/** Every 9th bit changed: 29 of them. */
const flipped = (hash: string): string =>
  [...hash]
    .map((digit, i) => {
      const bits = [0, 1, 2, 3].filter((bit) => (i * 4 + bit) % 9 === 0)
      return bits.reduce((value, bit) => value ^ (8 >> bit), Number.parseInt(digit, 16)).toString(16)
    })
    .join('')
