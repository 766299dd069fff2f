import { ToolError } from '../../../core/errors'
import type { Gate } from '../access/gate'

/** @throws ToolError unavailable on a device, whose one user needs no keys */
export function needGate(gate: Gate | undefined): Gate {
  if (!gate) throw new ToolError('unavailable', 'Only a server has users and keys: this device is yours')
  return gate
}
