import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const FOLDER = resolve(import.meta.dirname, '../../../shared/data/faces')

export interface LabelledFace {
  readonly file: string
  readonly person: string
  /** The set it is from. */
  readonly source: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

export const hasFaceData = (): boolean => existsSync(join(FOLDER, 'manifest.jsonl'))

export const labelledFaces = (): LabelledFace[] =>
  lines('manifest.jsonl').map((line) => {
    const face = JSON.parse(line)
    return { ...face, bytes: new Uint8Array(readFileSync(join(FOLDER, face.file))) }
  })

/** The pairs of the list that somebody drew. */
export const listedPairs = (): { readonly a: string; readonly b: string; readonly same: boolean }[] =>
  lines('orl_bbt_pairs.csv')
    .slice(1)
    .map((line) => line.split(','))
    .map(([a, b, same]) => ({ a, b, same: same === '1' }))

const lines = (name: string): string[] => readFileSync(join(FOLDER, name), 'utf8').trim().split('\n')
