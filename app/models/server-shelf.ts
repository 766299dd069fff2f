import { ToolError } from '../../core/errors'
import { type ServerModel, serverModels } from '../../workers/server-models'
import type { There } from './row'
import type { ServerShelf } from './shelf-store'

const LOOK_AGAIN_MS = 500

/** The models of the server, as the shelf shows them. */
export const serverShelf: ServerShelf = {
  list: async () => Object.fromEntries((await serverModels.list()).map((model) => [model.id, standing(model)])),

  async bring(id, onChange, signal) {
    let model = await serverModels.fetch(id)
    while (model.state === 'fetching') {
      onChange(standing(model))
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
      if (signal.aborted) throw new ToolError('canceled', 'Canceled')
      model = await serverModels.find(id)
    }
    onChange(standing(model))
    if (model.state === 'installed') return
    throw new ToolError('model-unavailable', model.reason ?? `The server could not fetch ${model.title}`)
  },
}

function standing({ state, progress, reason }: ServerModel): There {
  switch (state) {
    case 'fetching':
      return { state, bytes: progress?.bytes ?? 0, total: progress?.total ?? 0 }
    case 'quarantined':
      return { state, reason: reason ?? '' }
    default:
      return { state }
  }
}
