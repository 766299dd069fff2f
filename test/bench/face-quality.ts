import { unwrap } from '../../core/errors'
import { cosine } from '../../core/vector'
import { SAME_PERSON } from '../../operators/embed-face/spec'
import { execute } from '../../operators/execute'
import { type LabelledFace, labelledFaces, listedPairs } from './face-data'
import { platform } from './face-platform'
import { operatingPoint, type Pair, scoreOf } from './face-score'

const RATES = [0.1, 0.01, 0.001]

/** AUC and balanced accuracy on the listed pairs, with and without alignment; thresholds on all pairs within each set. */
export async function measureQuality(): Promise<void> {
  const faces = labelledFaces()
  for (const alignment of ['none', 'landmarks'] as const) {
    const vectors = await embedAll(faces, alignment)
    console.log(`\n${title(alignment)}: ${vectors.found} of ${faces.length} pictures have a face that was found`)
    reportListed(vectors.byFile)
    if (alignment === 'landmarks') reportThresholds(faces, vectors.byFile)
  }
}

const title = (alignment: string) =>
  alignment === 'none' ? 'Scaled as they are (the contract)' : 'Aligned by landmarks'

type Vectors = ReadonlyMap<string, readonly number[]>

async function embedAll(faces: readonly LabelledFace[], alignment: string) {
  const byFile = new Map<string, readonly number[]>()
  let found = 0
  for (const { file, bytes } of faces) {
    const call = { tool: 'embed-face', params: { alignment }, inputs: { file: bytes } }
    const { data } = unwrap(await execute(call, platform, async () => {}))
    byFile.set(file, data.embedding as number[])
    if (data.face_found) found++
  }
  return { byFile, found: alignment === 'none' ? 'not looked for in any' : found }
}

function reportListed(vectors: Vectors): void {
  const pairs = listedPairs().map(({ a, b, same }) => ({ a, same, cosine: alike(vectors, a, b) }))
  console.log('  listed pairs        same   other     AUC  balanced accuracy')
  for (const set of ['orl/', 'faceapi/', '']) {
    const { same, different, auc, balancedAccuracy, bestThreshold } = scoreOf(
      pairs.filter(({ a }) => a.startsWith(set)),
    )
    const counts = `${String(same).padStart(7)} ${String(different).padStart(7)}`
    const figures = `${auc.toFixed(4)}  ${balancedAccuracy.toFixed(4)} at ${bestThreshold.toFixed(3)}`
    console.log(`  ${(set || 'all').padEnd(15)} ${counts}  ${figures}`)
  }
}

function reportThresholds(faces: readonly LabelledFace[], vectors: Vectors): void {
  const sets = groups(faces, ({ source }) => source)
  const bySet = [...sets].map(([source, members]) => [source, pairsWithin(members, vectors)] as const)
  const all = bySet.flatMap(([, pairs]) => pairs)
  console.log('  all pairs within each set')
  for (const [source, pairs] of [...bySet, ['both', all] as const]) {
    const points = RATES.map((rate) => {
      const { threshold, falseMatchRate, trueMatchRate } = operatingPoint(pairs, rate)
      return `≥ ${threshold.toFixed(3)}: ${percent(falseMatchRate)} false, ${percent(trueMatchRate)} true`
    })
    console.log(`  ${source.padEnd(8)} ${String(pairs.length).padStart(6)} pairs  ${points.join('   ')}`)
  }
  reportPeople(faces, vectors)
}

/** Whom the chosen threshold serves worst. */
function reportPeople(faces: readonly LabelledFace[], vectors: Vectors): void {
  const people = [...groups(faces, ({ person }) => person)]
  const shares = people.map(([person, members]) => {
    const pairs = pairsWithin(members, vectors)
    return { person, share: pairs.filter((pair) => pair.cosine >= SAME_PERSON).length / pairs.length }
  })
  const worst = shares.toSorted((a, b) => a.share - b.share).slice(0, 3)
  const told = worst.map(({ person, share }) => `${person} ${percent(share)}`).join(', ')
  console.log(`  known again at ${SAME_PERSON}, by person: of ${people.length} the least are ${told}`)
}

function groups(faces: readonly LabelledFace[], keyOf: (face: LabelledFace) => string): Map<string, LabelledFace[]> {
  const found = new Map<string, LabelledFace[]>()
  for (const face of faces) found.set(keyOf(face), [...(found.get(keyOf(face)) ?? []), face])
  return found
}

const pairsWithin = (faces: readonly LabelledFace[], vectors: Vectors): Pair[] =>
  faces.flatMap((a, i) =>
    faces.slice(i + 1).map((b) => ({ cosine: alike(vectors, a.file, b.file), same: a.person === b.person })),
  )

const alike = (vectors: Vectors, a: string, b: string): number => cosine(vectors.get(a) ?? [], vectors.get(b) ?? [])

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`
