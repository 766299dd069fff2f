import type { Tool } from '../../operators/registry'
import type { Runner } from '../../workers/runner'
import { createStore } from '../state/store'

interface Loaded {
  readonly runner: Runner
  findTool(id: string): Tool
}

/** Bytes of pictures that this page has sent since it was opened. */
export const imageBytesSent = createStore(0)

let loading: Promise<Loaded> | undefined

/** The code that runs tools, with the schemas: too heavy for the first paint, so it comes with the first picture. */
export function loadRunner(): Promise<Loaded> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined // a lost connection must not last until the next visit
    throw error
  })
  return loading
}

async function load(): Promise<Loaded> {
  const [{ createRunner }, { findTool }] = await Promise.all([
    import('../../workers/runner'),
    import('../../operators/registry'),
  ])
  const runner = createRunner()
  runner.traffic.subscribe(() => imageBytesSent.set(runner.traffic.imageBytesSent()))
  return { runner, findTool }
}
