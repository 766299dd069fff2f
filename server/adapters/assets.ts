import { readFile } from 'node:fs/promises'
import { ToolError } from '../../core/errors'
import { type ImageFormat, readHeader } from '../../core/image-header'
import type { LoadAsset } from '../../core/ports'

interface Replacements {
  /** A picture to use in place of `public/cover.png`. */
  readonly plateCover?: string
}

/** Reads what lies in `public/`, or what this install has put in its place; each file once. */
export function assetLoader({ plateCover }: Replacements): LoadAsset {
  const loading = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
  return (name) => {
    const path = (name === 'cover.png' ? plateCover : undefined) ?? `public/${name}`
    const file = loading.get(path) ?? read(path)
    loading.set(path, file)
    file.catch(() => loading.delete(path)) // it may be put right while the server runs
    return file
  }
}

const COVER_FORMATS: readonly ImageFormat[] = ['png', 'jpeg', 'webp']

/** @throws Error with a sentence when PLATE_COVER names no file, or one that is no such picture */
export async function checkCover(path: string): Promise<void> {
  const refuse = (why: string, cause?: unknown) =>
    new Error(`PLATE_COVER must be the path of a PNG, JPEG or WebP file, not ${JSON.stringify(path)}: ${why}.`, {
      cause,
    })
  const bytes = await readFile(path).catch((cause) => {
    throw refuse('it cannot be read', cause)
  })
  const header = readHeader(new Uint8Array(bytes))
  if (!header || !COVER_FORMATS.includes(header.format)) throw refuse('it is no such picture')
}

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new ToolError('unavailable', 'The cover picture of this install cannot be read; send one as `cover`', {
      cause,
    })
  }
}
