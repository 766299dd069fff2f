import { ToolError } from '../core/errors'
import { refusal } from './refusal'
import { toServer } from './to-server'

/**
 * Asks the real server, never this device.
 *
 * @param unreachable a sentence for when nobody answers
 * @throws ToolError the server's refusal; unavailable where no server answers
 */
export async function askServer(path: string, unreachable: string, init: RequestInit = {}): Promise<Response> {
  const { headers, ...rest } = init
  const response = await fetch(path, { ...rest, headers: { ...headers, ...toServer } }).catch((error) => {
    if (init.signal?.aborted || error instanceof ToolError) throw error
    throw new ToolError('unavailable', unreachable, { cause: error })
  })
  if (!response.ok) throw await refusal(response)
  return response
}

/** As `askServer`, with a body in JSON. */
export const sendJson = (method: 'POST' | 'PUT', body: unknown): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})
