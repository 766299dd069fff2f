import type { Outcome } from '../../core/errors'
import type { ItemDone } from '../api/batch'
import type { Computed } from '../api/engine'
import type { Answer, Finished, Work } from '../compute/protocol'
import type { RunEnd } from './metrics'

/**
 * What a call of a compute process came to, run by run: one for each picture.
 *
 * A batch that fails as a whole counts only where it has one picture: else each of them is tried again by itself.
 */
export function runEnds(work: Work, outcome: Outcome<Answer<Work>>): readonly RunEnd[] {
  if (work.kind === 'inspect') return []
  if (!outcome.ok) return failed(work, outcome.code)
  switch (work.kind) {
    case 'run':
      return [{ operator: work.tool, outcome: 'succeeded', timings: (outcome.value as Finished).timings }]
    case 'batch':
      return (outcome.value as readonly ItemDone[]).map((done) => itemEnd(work.tool, done))
    case 'compute':
      return (outcome.value as readonly Outcome<Computed>[]).map((one, i) => callEnd(work.calls[i].tool, one))
  }
}

function failed(work: Exclude<Work, { kind: 'inspect' }>, code: RunEnd['outcome']): readonly RunEnd[] {
  if (work.kind === 'compute') return work.calls.map(({ tool }) => ({ operator: tool, outcome: code }))
  if (work.kind === 'batch' && work.items.length > 1) return []
  return [{ operator: work.tool, outcome: code }]
}

const itemEnd = (operator: string, { result, timings }: ItemDone): RunEnd =>
  'code' in result
    ? { operator, outcome: result.code as RunEnd['outcome'] }
    : { operator, outcome: 'succeeded', timings }

const callEnd = (operator: string, outcome: Outcome<Computed>): RunEnd =>
  outcome.ok ? { operator, outcome: 'succeeded', timings: outcome.value.timings } : { operator, outcome: outcome.code }
