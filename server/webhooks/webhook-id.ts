import { randomBytes } from 'node:crypto'

export const newWebhookId = (): string => `wh_${randomBytes(12).toString('hex')}`

/** Whether an id can be one of ours: the database refuses some texts with an error. */
export const isWebhookId = (id: string): boolean => /^wh_[0-9a-f]{24}$/.test(id)
