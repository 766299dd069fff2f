import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A folder as models/training/README.md describes it. */
export const PLATES = process.env.DARKROOM_PLATES ?? '../shared/data/plates'

/** A photo with its plates, each as four corners in pixels. */
export interface Label {
  readonly file: string
  readonly width: number
  readonly height: number
  readonly plates: readonly (readonly number[])[]
  /** Of each plate: `true4` where its corners were clicked by hand. */
  readonly kinds: readonly string[]
  readonly source: string
}

/** None where the folder is not there. */
export function plateLabels(): readonly Label[] {
  const path = join(PLATES, 'labels.jsonl')
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  return lines.map((line): Label => JSON.parse(line))
}
