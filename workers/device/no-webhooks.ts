import { ToolError } from '../../core/errors'
import type { Webhooks } from '../../server/api/engine'

async function refuse(): Promise<never> {
  throw new ToolError(
    'unavailable',
    'Webhooks need the server: this device would deliver only while a Darkroom page is open',
  )
}

/** A page that is closed delivers nothing, and a webhook that is sometimes told is worse than none. */
export const noWebhooks: Webhooks = {
  add: refuse,
  list: refuse,
  remove: refuse,
  deliveries: refuse,
  replay: refuse,
}
