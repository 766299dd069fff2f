import { readFile } from 'node:fs/promises'
import { ToolError } from '../../core/errors'
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

async function read(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFile(path)
  } catch (cause) {
    throw new ToolError('unavailable', 'The cover picture of this install cannot be read; send one as `cover`', {
      cause,
    })
  }
}
