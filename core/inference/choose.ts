import type { Golden, Model } from '../../models/model'
import { type Backend, BackendLostError, type Session, type Tensors } from './backend'
import { goldenFeeds, wrongNumbers } from './golden'

/** A model as it was opened. */
export interface Opened<Weights> {
  readonly session: Session
  readonly backend: Backend<Weights>
  /** Why it is not one that comes first: `WebGPU computed wrong numbers`. */
  readonly note?: string
  /** Whether its numbers were compared with known ones. */
  readonly isProven: boolean
}

/** Where a model ran best before, on this device. */
export interface Choice {
  readonly backend: string
  readonly note?: string
}

interface Trial<Weights> extends Opened<Weights> {
  readonly ms: number
}

interface Question<Weights> {
  readonly model: Model
  readonly weights: Weights
  /** Best first. */
  readonly backends: readonly Backend<Weights>[]
  /** What this gave before, on this device. */
  readonly recalled: Choice | undefined
  /** Why backends are left out, as the rest of a sentence, by name. */
  readonly failed: ReadonlyMap<string, string>
  readonly now: () => number
}

const HOPELESS = 20 // a first run that took this many times as long as another one's second need not be repeated

/**
 * Opens a model where it computes the right numbers soonest. The first two backends that pass the self-test are timed
 * once; a recalled one only has to pass it.
 *
 * @throws Error that says what is wrong with each backend
 */
export async function openBest<Weights>(question: Question<Weights>): Promise<Opened<Weights>> {
  const { backends, recalled, failed, now, ...rest } = question
  const reasons = new Map(failed)
  const isOpen = ({ name }: Backend<Weights>) => !failed.has(name)
  const isRecalled = ({ name }: Backend<Weights>) => name === recalled?.backend
  const ordered = backends.filter(isOpen).toSorted((a, b) => Number(isRecalled(b)) - Number(isRecalled(a)))
  let best: Trial<Weights> | undefined
  for (const backend of ordered) {
    const trial = await attempt({ ...rest, now, backend, rival: best })
    if (typeof trial === 'string') {
      reasons.set(backend.name, trial)
      continue
    }
    if (isRecalled(backend)) return { ...trial, ...(recalled?.note && { note: recalled.note }) }
    if (!trial.isProven) return noted(trial, reasons, backends)
    if (!best) {
      best = trial
      continue
    }
    const [quick, slow] = trial.ms < best.ms ? [trial, best] : [best, trial]
    reasons.set(slow.backend.name, 'was slower')
    await slow.session.release()
    return noted(quick, reasons, backends)
  }
  if (best) return noted(best, reasons, backends)
  throw new Error(sentence(reasons))
}

interface Attempt<Weights> extends Pick<Question<Weights>, 'model' | 'weights' | 'now'> {
  readonly backend: Backend<Weights>
  readonly rival: { readonly ms: number } | undefined
}

/** Opens the model, proves and times it. @returns why not, as the rest of a sentence, when it cannot be used */
async function attempt<Weights>({ model, weights, now, backend, rival }: Attempt<Weights>) {
  let session: Session | undefined
  try {
    session = await backend.open(model, weights)
    if (!model.golden) return { session, backend, ms: 0, isProven: false }
    const { ms, wrong } = await prove(session, goldenFeeds(model.golden, model.inputs), model.golden, now, rival?.ms)
    if (wrong === undefined) return { session, backend, ms, isProven: true }
    await session.release()
    return wrong
  } catch (error) {
    await session?.release().catch(() => {}) // it has failed already
    return reasonOf(error)
  }
}

/** The first run compiles; the second is timed. */
async function prove(session: Session, feeds: Tensors, golden: Golden, now: () => number, rivalMs = Infinity) {
  const start = now()
  const wrong = wrongNumbers(golden, await session.run(feeds))
  const firstMs = now() - start
  if (wrong !== undefined || firstMs > HOPELESS * rivalMs) return { ms: firstMs, wrong }
  const again = now()
  await session.run(feeds)
  return { ms: now() - again, wrong }
}

/** As the rest of a sentence that begins with the backend's name. */
export function reasonOf(error: unknown): string {
  if (error instanceof BackendLostError) return 'was lost'
  return `failed: ${summary(error instanceof Error ? error.message : String(error))}`
}

/** ONNX Runtime begins with where in its sources a condition was false, and may go on for lines. */
const summary = (message: string): string =>
  message
    .trim()
    .split('\n')[0]
    .replace(/^.* was false\. /, '')
    .slice(0, MOST_LETTERS)

const MOST_LETTERS = 200

/** Only backends that would have come first have to be excused. */
function noted<Weights>(
  { session, backend, isProven }: Trial<Weights>,
  reasons: ReadonlyMap<string, string>,
  backends: readonly Backend<Weights>[],
): Opened<Weights> {
  const before = backends.slice(0, backends.indexOf(backend)).map(({ name }) => name)
  const note = sentence(new Map([...reasons].filter(([name]) => before.includes(name))))
  return { session, backend, isProven, ...(note && { note }) }
}

export const sentence = (reasons: ReadonlyMap<string, string>) =>
  [...reasons].map(([name, reason]) => `${name} ${reason}`).join('; ')
