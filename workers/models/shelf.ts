import * as Comlink from 'comlink'
import { unwrap } from '../../core/errors'
import { needsAcceptance } from '../../models/licence'
import { manifest } from '../../models/manifest'
import type { Model } from '../../models/model'
import { startStoreWorker } from './start-store-worker'
import { type Here, MODELS_CHANGED } from './store'
import type { StoreHost } from './store-host'

export interface ShelfEntry {
  readonly model: Model
  readonly here: Here
  /** Whether the licence has to be, and was, accepted on this device. */
  readonly licence: 'free' | 'asked' | 'accepted'
}

/** The models of this device. Every method throws ToolError. */
export interface ModelShelf {
  /** In the order of the manifest. */
  list(): Promise<readonly ShelfEntry[]>
  /**
   * Brings a model; goes on where an earlier download stopped. Resolves when it is there and checked.
   *
   * @throws ToolError canceled after `pause` or `cancel`; forbidden, storage-full, unavailable, model-unavailable
   */
  download(id: string, onProgress: (bytes: number, total: number) => void): Promise<void>
  /** Ends the download and keeps what arrived. */
  pause(id: string): Promise<void>
  /** Ends the download and throws away what arrived. */
  cancel(id: string): Promise<void>
  remove(id: string): Promise<void>
  /** Reads every file again. @returns false when one was not what it should be; then it is thrown away */
  verify(id: string): Promise<boolean>
  /** Remembered on this device. */
  accept(id: string, isAccepted: boolean): Promise<void>
  /** Calls `listener` with a model's id when something about it changes, in whichever page. @returns what ends that */
  subscribe(listener: (id: string) => void): () => void
}

/** Starts a worker of its own, since only workers write to the private file system, and the page's others are at work. */
export function openModelShelf(): ModelShelf {
  const host = Comlink.wrap<StoreHost>(startStoreWorker())
  return {
    async list() {
      const states = unwrap(await host.states())
      return manifest.map((model) => {
        const { here, isAccepted } = states[model.id]
        return { model, here, licence: needsAcceptance(model) ? (isAccepted ? 'accepted' : 'asked') : 'free' }
      })
    },
    async download(id, onProgress) {
      await keepStorage()
      unwrap(await host.download(id, Comlink.proxy(onProgress)))
    },
    pause: async (id) => unwrap(await host.pause(id)),
    cancel: async (id) => unwrap(await host.cancel(id)),
    remove: async (id) => unwrap(await host.remove(id)),
    verify: async (id) => unwrap(await host.verify(id)),
    accept: async (id, isAccepted) => unwrap(await host.accept(id, isAccepted)),
    subscribe(listener) {
      const channel = new BroadcastChannel(MODELS_CHANGED)
      channel.onmessage = ({ data }) => listener(String(data))
      return () => channel.close()
    },
  }
}

/** Some browsers throw away what a site has not been promised to keep. */
async function keepStorage(): Promise<void> {
  await navigator.storage.persist?.().catch(() => false)
}
