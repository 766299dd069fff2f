export { addRow, addRowByAlpha } from './add-row'
export { interleavedRow, pixelsRow, planesRow } from './resize-row'
export { warpRow } from './warp-row'
