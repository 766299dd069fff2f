import { failure, type Outcome, ToolError } from '../../core/errors'
import { findModel, manifest } from '../../models/manifest'
import type { Model } from '../../models/model'
import { type Here, modelStore } from './store'

/** What the page calls in the store's worker: nothing is thrown, and a download can be ended. */
export function createStoreHost() {
  const downloads = new Map<string, AbortController>()

  async function answer<T>(id: string, work: (model: Model) => Promise<T>): Promise<Outcome<T>> {
    try {
      const model = findModel(id)
      if (!model) throw new ToolError('not-found', `There is no model "${id}"`)
      return { ok: true, value: await work(model) }
    } catch (error) {
      return failure(error, console.error)
    }
  }

  /** Ends a download of this page, if there is one. */
  const stop = (id: string) => downloads.get(id)?.abort()

  return {
    states: async (): Promise<Outcome<Record<string, { here: Here; isAccepted: boolean }>>> => {
      try {
        const entries = manifest.map(async (model) => {
          const [here, isAccepted] = await Promise.all([modelStore.state(model), modelStore.isAccepted(model)])
          return [model.id, { here, isAccepted }] as const
        })
        return { ok: true, value: Object.fromEntries(await Promise.all(entries)) }
      } catch (error) {
        return failure(error, console.error)
      }
    },
    download: (id: string, onProgress: (bytes: number, total: number) => void) =>
      answer(id, async (model) => {
        const abort = new AbortController()
        downloads.set(id, abort)
        try {
          await modelStore.download(model, { signal: abort.signal, onProgress })
        } finally {
          if (downloads.get(id) === abort) downloads.delete(id) // not that of a later request
        }
      }),
    pause: (id: string) => answer(id, async () => stop(id)),
    cancel: (id: string) =>
      answer(id, async (model) => {
        stop(id)
        await modelStore.discard(model)
      }),
    remove: (id: string) =>
      answer(id, async (model) => {
        stop(id)
        await modelStore.remove(model)
      }),
    verify: (id: string) => answer(id, (model) => modelStore.verify(model)),
    accept: (id: string, isSo: boolean) => answer(id, (model) => modelStore.accept(model, isSo)),
  }
}
export type StoreHost = ReturnType<typeof createStoreHost>
