export { distances } from './distances'
export { collect, linkCells, numberCells, relax, writeBack } from './membrane'
export { enlarge, shrink } from './pyramid'

/** First byte after the module's own data; the host lays out everything above it. */
export const heapBase: usize = __heap_base
