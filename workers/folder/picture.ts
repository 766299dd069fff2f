import type { Print } from '../../core/copies/candidates'

/** A file of the folder, and where in it. */
export interface FolderFile {
  /** With folders, from the one that was chosen: `2019/beach.jpg`. */
  readonly path: string
  readonly file: File
}

/** What is kept of a picture on the device: enough to find its copies, nothing to see it by. */
export interface StoredPrint extends Print {
  readonly sha256: string
  readonly embedding: Float32Array
  /** Which weights made the embedding: those of others cannot be compared with it. */
  readonly contract: string
  readonly width: number
  readonly height: number
  /** Whether the file's format loses nothing. */
  readonly lossless: boolean
}

/** A picture by its content, with every file that has exactly that content. */
export interface Picture {
  readonly print: StoredPrint
  readonly files: readonly FolderFile[]
}

/** What a comparison of two pictures said. `a < b`, by their SHA-256. */
export interface StoredPair {
  readonly a: string
  readonly b: string
  readonly contract: string
  /** Among how many pictures the two were found: the more, the sooner a stranger looks alike. */
  readonly librarySize: number
  readonly isCopy: boolean
  readonly verdict: string
  /** 0..1 */
  readonly probability: number
  readonly edits: readonly string[]
  /** How much of `b` is covered by `a`, and how much of `a` lies on `b`, 0..1; null where they could not be aligned. */
  readonly overlap: number | null
  readonly inside: number | null
}

/** What the content filter advises on a picture. */
export interface StoredAdvice {
  readonly contract: string
  readonly policy: 'allow' | 'review' | 'block'
}

/** The key of a pair, whichever of the two comes first. */
export const pairKey = (one: string, other: string): string => (one < other ? `${one}:${other}` : `${other}:${one}`)
