import type { Refine } from '../../core/operator'
import { type Kept, resultOf } from './result'
import type { coverPlates } from './spec'

/** @param kept what `run` has kept */
export const refine: Refine<typeof coverPlates> = (kept, params) => resultOf(kept as Kept, params)
