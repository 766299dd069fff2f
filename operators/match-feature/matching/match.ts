import type { Checkpoint } from '../../../core/progress'
import type { Features } from '../features'
import type { Kernel } from '../kernel'
import type { Matcher } from '../spec'
import { bruteForceBits, bruteForceVectors } from './brute-force'
import { kdForest } from './kd-forest'
import { lsh } from './lsh'
import { type Nearest, noneFound } from './nearest'

// Descriptors; among fewer, comparing with all is quicker than any index, and exact.
const INDEX_PAYS = 8000

/** The two nearest train features of every query feature: exact, or quicker through an index. */
export async function nearestTwo(
  kernel: Kernel,
  queryFeatures: Features,
  trainFeatures: Features,
  matcher: Matcher,
  checkpoint: Checkpoint,
): Promise<Nearest> {
  if (trainFeatures.keyPoints.length === 0) return noneFound(queryFeatures.keyPoints.length)
  const [query, train] = [queryFeatures.descriptors, trainFeatures.descriptors]
  const isExact = matcher === 'BFMatcher' || trainFeatures.keyPoints.length < INDEX_PAYS
  if (query.kind === 'vectors' && train.kind === 'vectors') {
    return isExact ? bruteForceVectors(kernel, query, train, checkpoint) : kdForest(kernel, query, train, checkpoint)
  }
  if (query.kind === 'bits' && train.kind === 'bits') {
    return isExact ? bruteForceBits(kernel, query, train, checkpoint) : lsh(kernel, query, train, checkpoint)
  }
  throw new Error('descriptors of two kinds cannot be compared')
}
