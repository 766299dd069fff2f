import { isEmpty } from '../../core/mask/mask'
import type { Slot } from '../../core/operator'
import type { Drawn, Item } from '../state/session'
import type { ToolCard } from '../tools/card'
import { maskOf, revisionOf } from './history'
import { shownSize } from './shown-size'

/** The slot that is a mask of the pictures a batch runs over; undefined for tools that have none. */
export const maskSlot = ({ inputs, batch }: Pick<ToolCard, 'inputs' | 'batch'>): Slot | undefined =>
  inputs.find((slot) => slot.maskOf === batch)

/** What was painted for a picture, as the file of its slot; nothing where nothing is marked. */
export async function drawnFiles(card: ToolCard, { picture }: Item): Promise<Record<string, File>> {
  const slot = maskSlot(card)
  const mask = maskOf(picture.id)
  if (!slot || !mask || isEmpty(mask)) return {}
  // A mask that came from another picture fits this one only once its size is known.
  const size = shownSize(picture.id)
  const fits = size?.width === mask.width && size.height === mask.height
  const { maskWork } = await import('../../workers/mask-client')
  const blob = await maskWork.write(mask, fits ? undefined : picture.file)
  return { [slot.name]: new File([blob], `${slot.name}.png`, { type: blob.type }) }
}

/** By slot: the state of what is painted for a picture. */
export function drawnFor(card: ToolCard, id: string): Drawn {
  const slot = maskSlot(card)
  const mask = maskOf(id)
  return slot && mask && !isEmpty(mask) ? { [slot.name]: revisionOf(mask) } : {}
}
