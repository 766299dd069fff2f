import { ToolError } from '../../core/errors'

/** What a user is told. The cause is for whoever runs the server: it has statuses and codes, never a key. */
export const storeRefuses = (cause: unknown): ToolError =>
  new ToolError('unavailable', 'The file storage refuses the keys of this server', { cause })

export const storeUnreachable = (cause: unknown): ToolError =>
  new ToolError('unavailable', 'The file storage cannot be reached; try again in a moment', { cause })

export const storeFails = (cause: unknown): ToolError =>
  new ToolError('unavailable', 'The file storage does not work at the moment; try again later', { cause })
