import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type Pdq, pdq } from '../../core/copies/pdq'
import type { Raster } from '../../core/raster'
import { embedImage } from '../../operators/fingerprint/embed'
import { testContext } from '../support'
import { models, platform } from './face-platform'

export const MODEL = 'darkroom-copies'
const DATA = resolve(process.env.DARKROOM_DATA ?? '../shared/data')
const TRAINING = resolve('models/training/copies')
const EVERY = Number(process.env.EVERY ?? 1)
const SEED = '1' // of the run that made the weights: what it held back follows from it

/** Pictures that only measure, or those that training held back, on which choices are made. */
export type Set = 'measured' | 'held'

/** Numbers of pictures that show the same photo as an earlier one, though their sources name them differently. */
const DOUBLES: Readonly<Record<Set, readonly number[]>> = { held: [87], measured: [] }

interface Row {
  readonly file: string
  readonly picture: number
  readonly edit: string | null
}

/** A picture of the edit set with what it is found by. */
export interface Picture extends Pick<Row, 'picture'> {
  /** Nothing for the picture itself. */
  readonly edit: string | null
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly raster: Raster
  readonly pdq: Pdq
  readonly embedding: Float32Array
}

export interface EditSet {
  /** Unedited, one of each. */
  readonly originals: readonly Picture[]
  readonly edited: readonly Picture[]
}

export const context = testContext({ codec: platform.codec, models })

/** Every EVERY-th picture and its eleven edits; undefined, saying so, where the pictures are not here. */
export async function readEditSet(set: Set): Promise<EditSet | undefined> {
  const folder = process.env.EDITS ? join(process.env.EDITS, set) : writeEdits(set)
  if (!folder) return undefined
  const lines = readFileSync(join(folder, 'edits.jsonl'), 'utf8').trim().split('\n')
  const rows: Row[] = lines.map((line) => JSON.parse(line))
  const pictures: Picture[] = []
  for (const row of rows) {
    if (row.picture % EVERY === 0 && !DOUBLES[set].includes(row.picture)) pictures.push(await readPicture(folder, row))
  }
  return {
    originals: pictures.filter(({ edit }) => edit === null),
    edited: pictures.filter(({ edit }) => edit !== null),
  }
}

/** The same Python that measures during training edits them, so that both speak of the same pictures. */
function writeEdits(set: Set): string | undefined {
  const sources = ['photos', 'plates', 'inpaint', 'copies']
  if (!sources.every((source) => existsSync(join(DATA, source)))) {
    console.log(`The pictures are not here (${DATA}; DARKROOM_DATA names another folder), so nothing can be measured.`)
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'darkroom-edits-'))
  const held = set === 'held' ? ['--held', SEED] : []
  const places = sources.flatMap((source) => [`--${source}`, join(DATA, source)])
  const program = process.env.PYTHON ?? 'python3'
  const { status } = spawnSync(program, [join(TRAINING, 'write_edits.py'), ...places, '--out', folder, ...held], {
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error(`${program} could not write the edits; it needs OpenCV and NumPy (PYTHON, EDITS)`)
  return folder
}

async function readPicture(folder: string, { file, picture, edit }: Row): Promise<Picture> {
  const bytes = new Uint8Array(readFileSync(join(folder, file)))
  const raster = await platform.codec.decode(bytes, platform.limits)
  const embedding = await embedImage(raster, MODEL, context)
  return { picture, edit, bytes, raster, pdq: pdq(raster), embedding }
}
