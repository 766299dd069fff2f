export { distances } from './distances'
export { refineField, scatter, updateCosts } from './field'
export { useLevel, useTables } from './level'
export { markPatches } from './marks'
export { collect, linkCells, numberCells, relax, writeBack } from './membrane'
export { sweep } from './patch-match'
export { enlarge, shrink } from './pyramid'
export { seed } from './random'
export { measureTexture } from './texture'
export { vote } from './vote'

/** First byte after the module's own data; the host lays out everything above it. */
export const heapBase: usize = __heap_base
