import { ToolError } from '../../core/errors'
import type { ModelRunner } from '../../core/ports'

/** The manifest is empty, so no model can be had yet. */
export const noModels: ModelRunner = {
  run: async (model) => {
    throw new ToolError('model-unavailable', `There is no model "${model}"`)
  },
  loadMs: () => 0,
}
