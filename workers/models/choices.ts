import { openDB } from 'idb'
import type { Choice } from '../../core/inference/choose'
import type { Choices } from '../../core/inference/models'
import type { Model } from '../../models/model'
import { BACKENDS_DATABASE } from './database'

const STORE = 'choices'

const open = () =>
  openDB(BACKENDS_DATABASE, 1, {
    upgrade: (database) => {
      database.createObjectStore(STORE)
    },
  })

/** A new version of the browser can change everything, and other weights are another model. */
const keyOf = ({ id, files }: Model) =>
  [id, files[0].sha256, navigator.userAgent, globalThis.crossOriginIsolated].join('|')

/** Where storage is blocked, nothing is remembered and backends are compared again. */
export const choices: Choices = {
  async recall(model) {
    try {
      const database = await open()
      const kept: Choice | undefined = await database.get(STORE, keyOf(model))
      database.close()
      return kept
    } catch {
      return undefined
    }
  },
  async remember(model, choice) {
    try {
      const database = await open()
      await database.put(STORE, choice, keyOf(model))
      database.close()
    } catch {
      // It is compared again next time.
    }
  },
}
