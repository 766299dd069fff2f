import type { ModelRunner } from '../../../core/ports'
import { ENGINES, type Engine } from '../spec'
import { classic } from './classic'
import type { Filler } from './engine'
import { lama } from './lama'
import { migan } from './migan'
import { net } from './net'

export const fillers: Readonly<Record<Engine, Filler>> = { lama, migan, net, classic }

/** The engines that can run here: those without a model, and those whose model is installed. */
export async function availableEngines(models: Pick<ModelRunner, 'has'>): Promise<Engine[]> {
  const here = await Promise.all(ENGINES.map(async (engine) => isHere(fillers[engine], models)))
  return ENGINES.filter((_, i) => here[i])
}

const isHere = async ({ model }: Filler, models: Pick<ModelRunner, 'has'>) => !model || models.has(model)

/** Up to here a hole is a stroke: what is around it says nearly all, and the engines for strokes are the better ones. */
const STROKE = 24 // pixels

const FOR_STROKES: readonly Engine[] = ['net', 'classic', 'lama', 'migan']
// Over whole objects our network is smoother than patches of the picture: its scores on such holes are a tenth lower.
const FOR_AREAS: readonly Engine[] = ['lama', 'migan', 'classic', 'net']

/**
 * What `auto` takes.
 *
 * @param available `classic` among them
 * @param thick side of the largest square within the hole, pixels; without one, what is taken for a whole object
 */
export function bestEngine(available: readonly Engine[], thick = Number.POSITIVE_INFINITY): Engine {
  const order = thick <= STROKE ? FOR_STROKES : FOR_AREAS
  return order.find((engine) => available.includes(engine)) ?? 'classic'
}
