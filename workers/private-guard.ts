import { ToolError } from '../core/errors'

let isPrivate = false

/** The page's half of private mode; the service worker keeps its own. */
export const guard = {
  get isPrivate(): boolean {
    return isPrivate
  },
  set(on: boolean): void {
    isPrivate = on
  },
}

/**
 * Every request that the page makes with a body passes here first.
 *
 * @throws ToolError unavailable in private mode
 */
export function refuseWhenPrivate(body: unknown): void {
  if (isPrivate && body !== null && body !== undefined) {
    throw new ToolError('unavailable', 'Private mode is on: nothing is sent from this device')
  }
}
