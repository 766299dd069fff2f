import type { Settings } from '../../server/api/engine'
import type { Database } from './database'

/** Settings of tools on this device. */
export function createSettings(open: () => Promise<Database>): Settings {
  return {
    async read(tool) {
      const params = await (await open()).get('settings', keyOf(tool))
      return params as Record<string, unknown> | undefined
    },
    async write(tool, params) {
      await (await open()).put('settings', params, keyOf(tool))
    },
  }
}

const keyOf = (tool: string): string => `tool:${tool}`
