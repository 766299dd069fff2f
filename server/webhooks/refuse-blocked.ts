import { fieldError } from '../../core/errors'
import { BlockedAddressError, type Guard } from './guard'

/**
 * @param field that the address was sent in
 * @throws ToolError invalid-input when the address must not be reached
 */
export async function refuseBlocked(guard: Guard, url: string, field: string): Promise<void> {
  try {
    await guard.check(new URL(url))
  } catch (error) {
    if (error instanceof BlockedAddressError) throw fieldError('invalid-input', field, error.message)
    throw error
  }
}
