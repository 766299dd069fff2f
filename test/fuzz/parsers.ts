import { ToolError } from '../../core/errors'
import { readHeader } from '../../core/image-header'
import { bitDepth } from '../../core/metadata/bit-depth'
import { cleanExif, hasPosition } from '../../core/metadata/exif'
import { readProfile } from '../../core/metadata/profile'
import { readMetadata } from '../../core/metadata/read'
import { checkPixels } from '../../core/picture-refusals'
import { readPly } from '../../core/ply'
import { bmpSize, decodeBmp } from '../../server/adapters/bmp'
import { isWhole } from '../../workers/adapters/image-structure'
import { tiffOrientation, webpOrientation } from '../../workers/adapters/orientation'
import { seeded } from '../support'
import { type Corpus, cloudCorpus, mutantOf, pictureCorpora } from './files'
import { type Outcome, seedOf } from './fuzz'

type Bytes = Uint8Array<ArrayBuffer>
type Parser = (bytes: Bytes) => unknown

/** What reads files in this code base itself, both in the server and in the page; some of it only says nothing. */
const PICTURES: readonly Parser[] = [
  readHeader,
  bitDepth,
  readProfile,
  webpOrientation,
  tiffOrientation,
  (bytes) => {
    const header = readHeader(bytes)
    return header && isWhole(header.format, bytes)
  },
  (bytes) => {
    const { exif } = readMetadata(bytes)
    return exif && [hasPosition(exif), cleanExif(exif, { position: true })]
  },
]

const BMP: Parser = (bytes) => {
  checkPixels(bmpSize(bytes), { pixels: 4e6, side: 30_000 })
  return decodeBmp(bytes)
}

/** The parsers' own doors: ten times as many files in a tenth of the time. A finding is what is thrown but no refusal. */
export async function fuzzParsers({ count, seed }: { count: number; seed: number }): Promise<Outcome[]> {
  const pictures = await pictureCorpora()
  return [
    ...pictures.map((corpus) => run(corpus, corpus.name === 'bmp' ? [...PICTURES, BMP] : PICTURES, count, seed)),
    run(cloudCorpus(), [(bytes) => readPly(bytes)], count, seed),
  ]
}

const READ = 200
const REFUSED = 400

function run(corpus: Corpus, parsers: readonly Parser[], count: number, seed: number): Outcome {
  const outcome = { statuses: { [READ]: 0, [REFUSED]: 0 }, findings: [] as string[], slowestMs: 0 }
  for (let i = 0; i < count; i++) {
    const random = seeded(seedOf(seed, i))
    const mutant = mutantOf(corpus, random)
    const start = performance.now()
    for (const parser of parsers) {
      try {
        parser(mutant)
        outcome.statuses[READ]++
      } catch (error) {
        outcome.statuses[REFUSED]++
        if (!(error instanceof ToolError))
          outcome.findings.push(`${corpus.name} parser ${seed}:${i}: ${stackOf(error)}`)
      }
    }
    outcome.slowestMs = Math.max(outcome.slowestMs, Math.round(performance.now() - start))
  }
  return { target: `[${corpus.name}]`, sent: count, ...outcome }
}

const stackOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
