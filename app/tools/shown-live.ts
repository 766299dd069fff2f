import type { ToolCard } from './card'

/**
 * The live parameters that change only what is shown. Where quads can be edited, files are made of what is shown, and are
 * out of date when that changes.
 */
export const shownLive = ({ layers, live }: Pick<ToolCard, 'layers' | 'live'>): readonly string[] =>
  layers.some(({ kind }) => kind === 'quads') ? [] : live
