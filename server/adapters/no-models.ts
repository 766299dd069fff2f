import { ToolError } from '../../core/errors'
import type { ModelRunner } from '../../core/ports'

/** The manifest has no model yet, so there is none to run. */
export const noModels: ModelRunner = {
  run: async (model) => {
    throw new ToolError('model-unavailable', `The model "${model}" is not among those that this server has`)
  },
  loadMs: () => 0,
}
