export { blur } from './blur'
export { describe } from './describe'
export { scanRow, subtractRows } from './extrema'
export { hammingDistances, nearestBytes, nearestVectors, squaredDistances } from './nearest'
export { orientationHistogram } from './orientation'
export { doubleRow, halveRow, luma, shrinkRow } from './planes'

/** First byte after the module's own data; the host lays out everything above it. */
export const heapBase: usize = __heap_base
