import { availableEngines } from '../../operators/inpaint/engines/choose'
import type { Engine } from '../../operators/inpaint/spec'
import { models } from './face-platform'

const wanted = process.env.ENGINES?.split(',')

/** The engines whose models are installed, or those of them that ENGINES names. */
export async function benchEngines(): Promise<readonly Engine[]> {
  const available = await availableEngines(models)
  return wanted ? available.filter((engine) => wanted.includes(engine)) : available
}
