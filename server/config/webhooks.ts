import { z } from 'zod'
import { isLoopbackName } from '../allowed-hosts'
import type { listenVariables } from './listen'
import type { Values } from './variable'

export const webhookVariables = {
  WEBHOOK_ALLOW_PRIVATE: z.enum(['true', 'false']).optional().meta({
    description:
      'Whether webhooks may be at private and loopback addresses; not set, they may only where one process does everything and `HOST` is a loopback address',
    right: 'true or false',
  }),
}

export interface WebhookConfig {
  readonly webhookAllowPrivate: boolean
}

type Variables = Values<typeof webhookVariables & Pick<typeof listenVariables, 'ROLE' | 'HOST'>>

export const webhookConfig = (variables: Variables): WebhookConfig => ({ webhookAllowPrivate: allowPrivate(variables) })

/** Whoever can ask a server that only this machine reaches can reach this machine's network too. */
function allowPrivate({ WEBHOOK_ALLOW_PRIVATE, ROLE, HOST }: Variables): boolean {
  if (WEBHOOK_ALLOW_PRIVATE !== undefined) return WEBHOOK_ALLOW_PRIVATE === 'true'
  return ROLE === 'all' && isLoopbackName(HOST)
}
