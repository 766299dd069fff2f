import * as Comlink from 'comlink'
import { type Outcome, ToolError, unwrap } from '../core/errors'
import type { FloodOptions } from '../core/mask/flood'
import type { Mask } from '../core/mask/mask'
import type { Size } from '../core/raster'
import type { MaskHost } from './mask-host'

type Host = Comlink.Remote<MaskHost>

interface Started {
  readonly host: Host
  readonly broken: Promise<never>
}

let started: Started | undefined

/** Started when it is first needed, and kept until it breaks. */
function maskWorker(): Started {
  if (started) return started
  const worker = new Worker(new URL('./mask.worker.ts', import.meta.url), { type: 'module' })
  const broken = new Promise<never>((_, reject) => {
    worker.addEventListener('error', () => {
      started = undefined
      worker.terminate()
      reject(new ToolError('internal', 'The worker stopped unexpectedly'))
    })
  })
  broken.catch(() => {}) // nobody listens between questions
  started = { host: Comlink.wrap<MaskHost>(worker), broken }
  return started
}

async function ask<T>(work: (host: Host) => Promise<Outcome<T>>): Promise<T> {
  const { host, broken } = maskWorker()
  return unwrap(await Promise.race([work(host), broken]))
}

/** What is slow on a mask, done beside the page. Each throws ToolError as the work does. */
export const maskWork = {
  /** @param key the same for the same file: its pixels are kept for the next time */
  flood: (file: Blob, key: string, at: { x: number; y: number }, options: FloodOptions): Promise<Mask> =>
    ask((host) => host.flood(file, key, at, options)),
  feather: (mask: Mask, radius: number): Promise<Mask> => ask((host) => host.feather(mask, radius)),
  resize: (mask: Mask, size: Size): Promise<Mask> => ask((host) => host.resize(mask, size)),
  /** A mask file for a picture of this size, and the size that it had. */
  read: (file: Blob, size: Size): Promise<{ readonly mask: Mask; readonly was: Size }> =>
    ask((host) => host.read(file, size)),
  /** As a PNG, of the size of `picture` where that is given. */
  write: async (mask: Mask, picture?: Blob): Promise<Blob> =>
    new Blob([await ask((host) => host.write(mask, picture))], { type: 'image/png' }),
}
