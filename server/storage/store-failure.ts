import { ToolError } from '../../core/errors'

/** The type of these errors, also in an outcome. */
export const STORE_AWAY = 'storage_away'

// What a user is told. The cause is for whoever runs the server: it has statuses and codes, never a key.
const away = (message: string, cause: unknown) => new ToolError('unavailable', message, { type: STORE_AWAY, cause })

export const storeRefuses = (cause: unknown): ToolError =>
  away('The file storage refuses the keys of this server', cause)

export const storeUnreachable = (cause: unknown): ToolError =>
  away('The file storage cannot be reached; try again in a moment', cause)

export const storeFails = (cause: unknown): ToolError =>
  away('The file storage does not work at the moment; try again later', cause)

/** Whether a task failed for want of its files, which is not the task's fault and passes. */
export const isStoreAway = (error: unknown): error is ToolError =>
  error instanceof ToolError && error.type === STORE_AWAY
