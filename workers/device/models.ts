import { ToolError } from '../../core/errors'
import { findModel, manifest } from '../../models/manifest'
import type { Model, ModelFile } from '../../models/model'
import type { HeldModel, Models } from '../../server/api/engine'
import { licenceRefusal, type modelStore } from '../models/store'
import type { FileStore } from './file-store'

/** As the page's store names them: a file is there only once its hash was found right. */
const keyOf = (id: string, { sha256 }: ModelFile): string => `models/${id}/${sha256}`

/** What the page's store has to say of a model, and does with it so that every page hears of it. */
export type Shelf = Pick<typeof modelStore, 'isAccepted' | 'remove'>

/** The models that this device keeps. Fetching them is the page's matter: it asks the server, and shows how far it is. */
export function createDeviceModels(files: FileStore, shelf: Shelf): Models {
  const isHere = async ({ id, files: wanted }: Model): Promise<boolean> => {
    const found = await Promise.all(wanted.map((file) => files.read(keyOf(id, file))))
    return wanted.every(({ bytes }, index) => found[index]?.size === bytes)
  }
  const held = async (model: Model): Promise<HeldModel> => {
    const here = await isHere(model)
    return {
      model,
      state: { state: here ? 'installed' : 'absent' },
      accepted: await shelf.isAccepted(model),
    }
  }
  return {
    list: () => Promise.all(manifest.map(held)),
    async find(id) {
      const model = findModel(id)
      return model && held(model)
    },
    async fetch(id) {
      if (!findModel(id)) return undefined
      throw new ToolError(
        'unavailable',
        'The server that has the models does not answer; this device has its own shelf',
      )
    },
    async remove(id) {
      const model = findModel(id)
      if (!model || !(await isHere(model))) return false
      await shelf.remove(model)
      return true
    },
    async open(id, name) {
      const model = findModel(id)
      const file = model?.files.find((one) => one.name === name)
      if (!model || !file?.sha256) return undefined
      if (!(await shelf.isAccepted(model))) throw licenceRefusal(model)
      const blob = await files.read(keyOf(id, file))
      if (blob?.size !== file.bytes) throw new ToolError('model-unavailable', 'The model is not on this device')
      return { size: file.bytes, sha256: file.sha256, read: (from, to) => blob.slice(from, to).stream() }
    },
  }
}
