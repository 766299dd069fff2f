import { ToolError } from '../../core/errors'
import type { LoadAsset } from '../../core/ports'

/** From our own origin; the service worker has it when there is no network. */
export const loadAsset: LoadAsset = async (name) => {
  try {
    const response = await fetch(`/${name}`)
    if (!response.ok) throw new Error(`${name}: ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  } catch (cause) {
    throw new ToolError(
      'unavailable',
      'The cover picture cannot be loaded; connect once to the network, or choose one',
      {
        cause,
      },
    )
  }
}
