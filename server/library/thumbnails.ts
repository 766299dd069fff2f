import { fingerprint } from '../../operators/fingerprint/spec'
import type { StoredFile } from '../api/engine'
import type { ComputePool } from '../compute/pool'
import type { Inspect } from '../compute/protocol'
import type { Storage } from '../storage/storage'
import { openStoredFile } from '../storage/stored-file'

/** @param to where the small picture is stored */
export type MakeThumbnail = (from: string, to: string) => Promise<void>

const DECODING_MS = 60_000

/** Decodes in a process of its own, as whatever a stranger has sent. */
export const thumbnailMaker =
  (pool: ComputePool): MakeThumbnail =>
  async (from, to) => {
    const work: Inspect = {
      kind: 'inspect',
      tool: fingerprint.id,
      params: {},
      inputs: { image: from },
      thumbnails: { image: to },
    }
    await pool.call(work, { timeoutMs: DECODING_MS })
  }

const FOLDER = 'image-thumbnails'

/** Small pictures beside those of the library: made when first asked for, once for all who ask meanwhile. */
export function createThumbnails(storage: Storage, make: MakeThumbnail) {
  const beingMade = new Map<string, Promise<void>>()
  const makeOnce = (path: string): Promise<void> => {
    const making = beingMade.get(path) ?? make(path, keyOf(path)).finally(() => beingMade.delete(path))
    beingMade.set(path, making)
    return making
  }
  return {
    /** @param path of the large picture */
    async open(path: string): Promise<StoredFile | undefined> {
      const known = await openStoredFile(storage, keyOf(path))
      if (known) return known
      await makeOnce(path)
      return openStoredFile(storage, keyOf(path))
    },
    remove: (path: string): Promise<void> => storage.remove(keyOf(path)),
  }
}

/** `images/{uuid}_{name}` has one at `image-thumbnails/{uuid}_{name}`. */
const keyOf = (path: string): string => path.replace(/^images\//, `${FOLDER}/`)
