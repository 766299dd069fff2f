import { describe, expect, test } from 'vitest'
import type { Candidate } from '../../core/copies/candidates'
import type { FolderStore } from '../../workers/folder/database'
import { folderGroups } from '../../workers/folder/folder-groups'
import { Gate } from '../../workers/folder/gate'
import { linkPictures } from '../../workers/folder/link-pictures'
import { type Picture, pairKey, type StoredPair } from '../../workers/folder/picture'
import type { FolderTools, Named } from '../../workers/folder/tools'

const numbered = (i: number): string => String(i).padStart(64, '0')

const pictures = (count: number): Picture[] =>
  Array.from({ length: count }, (_, i) => ({
    print: {
      ...{ sha256: numbered(i), orientations: [], quality: 100, embedding: new Float32Array(), contract: 'model' },
      ...{ width: 4, height: 3, lossless: false },
    },
    files: [{ path: `${i}.jpg`, file: new File(['x'], `${i}.jpg`) }],
  }))

/** Calls pictures copies whose numbers are in one block of `of`; counts what it was asked. */
function folder(of: number, pairContract = 'model, weights 1') {
  const asked: string[] = []
  const compare = async ({ sha256: a }: Named, { sha256: b }: Named, librarySize: number) => {
    asked.push(pairKey(a, b))
    const isCopy = Math.floor(Number(a) / of) === Math.floor(Number(b) / of)
    const said = { isCopy, verdict: 'edited', probability: 1, edits: [], overlap: null, inside: null }
    const pair = { a, b, contract: pairContract, librarySize, ...said }
    return { pair, similarity: null, inliers: 0, pdqDistance: 0 }
  }
  return { asked, tools: { contract: 'model', pairContract, adviceContract: '', compare } as unknown as FolderTools }
}

function memory(): FolderStore {
  const pairs = new Map<string, StoredPair>()
  const keep = {
    pair: async (a: string, b: string) => pairs.get(pairKey(a, b)),
    keepPair: async (pair: StoredPair) => void pairs.set(pairKey(pair.a, pair.b), pair),
  }
  return keep as unknown as FolderStore
}

const link = (
  of: readonly Picture[],
  candidates: readonly Candidate[],
  tools: FolderTools,
  store: FolderStore,
  ignored: readonly string[] = [],
) =>
  linkPictures(of, candidates, {
    ...{ store, tools, gate: new Gate(), signal: new AbortController().signal, onProgress: () => {} },
    ignored: new Set(ignored),
  })

const candidate = (a: number, b: number): Candidate => ({ a, b, distance: 0, similarity: 1 })

/** Each with the three before it. */
const nearCandidates = (count: number): Candidate[] =>
  Array.from({ length: count }, (_, b) => [1, 2, 3].flatMap((d) => (b >= d ? [candidate(b - d, b)] : []))).flat()

describe('pictures of a folder', () => {
  test('that hang together already are not compared again: a group takes as many comparisons as it has pictures', async () => {
    const { asked, tools } = folder(500)
    const all = pictures(2000)
    const links = await link(all, nearCandidates(2000), tools, memory())
    expect(links).toHaveLength(4 * 499)
    expect(asked.length).toBeLessThan(2000 + 4 * 9) // and those across the edges of the groups
    expect(folderGroups(all, links).map(({ members, pairs }) => [members.length, pairs.length])).toEqual(
      Array(4).fill([500, 499]),
    )
  })

  test('are not compared again the next time, unless what probabilities follow from has changed', async () => {
    const [all, store] = [pictures(40), memory()]
    const [first, second, later] = [folder(4), folder(4), folder(4, 'model, weights 2')]
    await link(all, nearCandidates(40), first.tools, store)
    await link(all, nearCandidates(40), second.tools, store)
    expect([first.asked.length > 0, second.asked.length]).toEqual([true, 0])
    await link(all, nearCandidates(40), later.tools, store)
    expect(later.asked).toEqual(first.asked)
  })

  test('that people have set apart are brought together by no third one', async () => {
    const { tools } = folder(3)
    const apart = pairKey(numbered(0), numbered(2))
    const links = await link(pictures(3), [candidate(0, 1), candidate(1, 2)], tools, memory(), [apart])
    expect(links.map(({ a, b }) => [Number(a), Number(b)])).toEqual([[0, 1]])
  })
})
