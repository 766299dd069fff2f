import type { Backend } from './backend'

/**
 * A backend that opens, runs and closes one thing after the other: sessions must not be closed or run again while they
 * run, and ONNX Runtime Web does not take two runs at once, not even of different sessions.
 */
export function oneAtATime<Weights>(backend: Backend<Weights>): Backend<Weights> {
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work)
    last = done.catch(() => {})
    return done
  }
  return {
    name: backend.name,
    open: async (model, weights) => {
      const session = await inTurn(() => backend.open(model, weights))
      return {
        run: (feeds) => inTurn(() => session.run(feeds)),
        release: () => inTurn(() => session.release()),
      }
    },
  }
}
