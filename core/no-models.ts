import { ToolError } from './errors'
import type { ModelRunner } from './ports'

/** For hosts that have no models: no tool of theirs needs one. */
export const noModels: ModelRunner = {
  run: async (model) => {
    throw new ToolError('model-unavailable', `There is no model "${model}" here`)
  },
  has: async () => false,
  backend: () => undefined,
  loadMs: () => 0,
}
