import type { Models } from '../api/engine'

/** How the models of the install are, in a few words: `ok`, `fetching, 43 %` or `2 of 6 missing`. */
export async function modelsHealth(models: Models): Promise<string> {
  const states = (await models.list()).filter(({ model }) => model.default).map(({ state }) => state)
  const missing = states.filter(({ state }) => state !== 'installed').length
  if (missing === 0) return 'ok'
  const fetching = states.flatMap((state) => (state.state === 'fetching' ? [state] : []))
  if (fetching.length === 0) return `${missing} of ${states.length} missing`
  const sum = (count: 'bytes' | 'total') => fetching.reduce((all, state) => all + state[count], 0)
  return `fetching, ${Math.floor((100 * sum('bytes')) / Math.max(sum('total'), 1))} %`
}
