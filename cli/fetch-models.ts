import type { Spec } from '../core/operator'
import { manifest } from '../models/manifest'
import type { Config } from '../server/config'
import { openLibrary } from '../server/models/library'
import type { ProgressBar } from './progress-bar'

/**
 * Models of the install that these tools run are fetched before the first run, with progress to see. Where that fails a
 * run says what it lacks: most can do without some.
 */
export async function fetchModels(
  specs: readonly Spec[],
  { models }: Config,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<void> {
  if (!models.fetchDefaults) return
  const tasks = new Set(specs.flatMap((spec) => spec.models ?? []))
  const wanted = manifest.filter((model) => model.default && tasks.has(model.task)).map(({ id }) => id)
  const here = new Map<string, readonly [bytes: number, total: number]>()
  const show = (id: string, bytes: number, total: number) => {
    here.set(id, [bytes, total])
    const sum = (at: 0 | 1) => [...here.values()].reduce((all, one) => all + one[at], 0)
    bar.show(sum(0) / Math.max(1, sum(1)), `fetching ${[...here.keys()].join(', ')} (nothing is sent)`)
  }
  const fetched = openLibrary(models)
    .ensure(wanted, show)
    .catch(() => {})
  await Promise.race([fetched, aborted(signal)])
  bar.clear()
  signal.throwIfAborted()
}

/** A download that is under way goes on where it was the next time. */
const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
