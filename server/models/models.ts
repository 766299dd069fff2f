import { join } from 'node:path'
import type { Logger } from 'pino'
import { findModel, manifest } from '../../models/manifest'
import type { Model } from '../../models/model'
import type { HeldModel, Models } from '../api/engine'
import { streamFile } from '../storage/stream-file'
import type { Library } from './library'
import { detailsOf } from './reasons'

/** The engine's models on a library. */
export function createModels(library: Library, log: Pick<Logger, 'warn'>): Models {
  const held = async (model: Model): Promise<HeldModel> => ({
    model,
    state: await library.state(model.id),
    accepted: await library.isAccepted(model.id),
  })
  return {
    list: () => Promise.all(manifest.map(held)),
    async find(id) {
      const model = findModel(id)
      return model && held(model)
    },
    async fetch(id) {
      const model = findModel(id)
      if (!model) return undefined
      await library.begin(id, (err) =>
        log.warn({ err, details: detailsOf(err), model: id }, 'a model could not be fetched'),
      )
      return held(model)
    },
    remove: (id) => library.remove(id),
    async open(id, name) {
      const file = findModel(id)?.files.find((one) => one.name === name)
      if (!file?.sha256) return undefined // what cannot be checked is not handed on
      const path = join(await library.path(id), file.name)
      return { size: file.bytes, sha256: file.sha256, read: (from, to) => streamFile(path, { from, to }) }
    },
  }
}
