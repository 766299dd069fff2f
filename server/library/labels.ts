import type { Outcome } from '../../core/errors'
import { checkContent } from '../../operators/check-content/spec'
import { findObjects } from '../../operators/find-objects/spec'
import type { Computed } from '../api/engine'
import type { Labels } from '../api/library'
import type { Compute } from './fingerprints'

/** What a picture shows, as far as models of this host can tell; null where a model is missing. */
export async function labelsOf(
  compute: Compute,
  image: Uint8Array<ArrayBuffer>,
  { width, height }: { width: number; height: number },
  signal: AbortSignal,
): Promise<Labels | null> {
  const calls = [findObjects, checkContent].map(({ id }) => ({
    tool: id,
    params: {},
    inputs: { image: image.slice() },
  }))
  const [shown, judged] = await compute(calls, signal)
  const [objects, content] = [dataOf(shown), dataOf(judged)]
  if (!objects || !content) return null
  const found = findObjects.result.parse(objects)
  const { classes, policy } = checkContent.result.parse(content)
  return {
    people: found.people,
    policy,
    content: classes,
    objects: found.objects.map(({ name, score, x, y, w, h }) => ({
      name,
      score,
      box: { x: x / width, y: y / height, w: w / width, h: h / height },
    })),
  }
}

const dataOf = (outcome: Outcome<Computed>): unknown => (outcome.ok ? outcome.value.data : undefined)
