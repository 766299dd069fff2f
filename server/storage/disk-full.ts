import { ToolError } from '../../core/errors'

export const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

export const diskFull = (cause: unknown): ToolError =>
  new ToolError('storage-full', 'The disk of the server is full; try again once there is room', { cause })
