import type { Outcome } from '../../core/errors'
import type { Progress } from '../../core/progress'
import type { Executed, Inspected } from '../../operators/execute'
import type { HostCall } from '../host'

/** Where the device engine has its pictures computed. Both throw ToolError unavailable when there is nobody to do it. */
export interface Compute {
  inspect(call: HostCall): Promise<Outcome<Inspected>>
  /** The first report says that a worker has begun. */
  run(id: string, call: HostCall, report: (progress: Progress) => void, signal: AbortSignal): Promise<Outcome<Executed>>
  /** Whether somebody is there. */
  isReady(): Promise<boolean>
}
