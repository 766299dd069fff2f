import type { ModelRunner } from '../../../core/ports'
import { darkroomInpaint } from '../../../models/entries/darkroom-inpaint'
import { laMa, miGan } from '../../../models/entries/inpainting'
import { ENGINES, type Engine } from '../spec'

/** The model that each engine runs; `classic` computes from the picture alone. */
const MODEL_OF: Readonly<Partial<Record<Engine, string>>> = {
  lama: laMa.id,
  migan: miGan.id,
  net: darkroomInpaint.id,
}

/** The engines that can run here: those without a model, and those whose model is installed. */
export async function availableEngines(models: Pick<ModelRunner, 'has'>): Promise<Engine[]> {
  const here = await Promise.all(ENGINES.map(async (engine) => isHere(MODEL_OF[engine], models)))
  return ENGINES.filter((_, i) => here[i])
}

const isHere = async (model: string | undefined, models: Pick<ModelRunner, 'has'>) => !model || models.has(model)

/** Up to here a hole is a stroke: what is around it says nearly all, and the engines for strokes are the better ones. */
const STROKE = 24 // pixels

const FOR_STROKES: readonly Engine[] = ['net', 'classic', 'lama', 'migan']
// Over whole objects our network is smoother than patches of the picture: on square holes of 48 to 144 pixels the distance of
// features is 2 to 8 % less with patches, though the network's PSNR is half to one decibel higher (npm run bench inpaint sizes).
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
