import type { ToolCard } from '../tools/card'

/** Whether a tool's batch can be of pictures. */
export const takesPictures = ({ inputs, batch }: Pick<ToolCard, 'inputs' | 'batch'>): boolean =>
  inputs.some(({ name, kind }) => name === batch && kind !== 'cloud')
