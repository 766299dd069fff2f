import type { Raster } from '../../core/raster'

/** What differs where two aligned pictures overlap. */
export interface Difference {
  /** Mean absolute difference of the channels after the change of colour, 0..255. */
  readonly residual: number
  /** Share of the overlap that shows something else: what was laid over, cut out or painted, 0..1. */
  readonly changed: number
  /** Of each channel: `other ≈ gain · picture + offset`. */
  readonly color: { readonly gain: number; readonly offset: number }[]
}

const CELL = 8 // pixels a side; changes are told by cells, as single pixels differ by compression and sampling
const CHANGED = 22 // mean absolute difference of a cell from which it shows something else
const FEWEST_CELLS = 4

/**
 * Compares `aligned`, which is transparent outside the overlap, with `other` of the same size.
 *
 * The colours are fitted to the half of the cells that fits best, so that an overlay does not pass for a filter.
 */
export function difference(aligned: Raster, other: Raster): Difference {
  const cells = cellsOf(aligned, other)
  if (cells.length < FEWEST_CELLS) return { residual: 255, changed: 1, color: [same, same, same] }
  const first = fitColors(cells)
  const best = cells.toSorted((a, b) => residualOf(a, first) - residualOf(b, first)).slice(0, cells.length / 2 + 1)
  const color = fitColors(best)
  const residuals = cells.map((cell) => residualOf(cell, color))
  return {
    residual: mean(residuals),
    changed: residuals.filter((residual) => residual > CHANGED).length / cells.length,
    color,
  }
}

/** Mean colours of one cell in both pictures. */
interface Cell {
  readonly picture: readonly number[]
  readonly other: readonly number[]
}

const same = { gain: 1, offset: 0 }

function cellsOf(aligned: Raster, other: Raster): Cell[] {
  const cells: Cell[] = []
  for (let y = 0; y + CELL <= aligned.height; y += CELL) {
    for (let x = 0; x + CELL <= aligned.width; x += CELL) {
      const picture = average(aligned, x, y)
      if (picture) cells.push({ picture, other: average(other, x, y) ?? picture })
    }
  }
  return cells
}

/** Nothing for a cell with a transparent pixel. */
function average({ width, data }: Raster, left: number, top: number): number[] | undefined {
  const sums = [0, 0, 0]
  for (let y = top; y < top + CELL; y++) {
    for (let at = (y * width + left) * 4, end = at + CELL * 4; at < end; at += 4) {
      if (data[at + 3] === 0) return undefined
      for (let channel = 0; channel < 3; channel++) sums[channel] += data[at + channel]
    }
  }
  return sums.map((sum) => sum / (CELL * CELL))
}

const fitColors = (cells: readonly Cell[]) => [0, 1, 2].map((channel) => fitLine(cells, channel))

const LEAST_SPREAD = 4 // gray levels squared; a picture of one colour only tells the offset

/** Least squares. */
function fitLine(cells: readonly Cell[], channel: number): { gain: number; offset: number } {
  const x = mean(cells.map(({ picture }) => picture[channel]))
  const y = mean(cells.map(({ other }) => other[channel]))
  const spread = mean(cells.map(({ picture }) => (picture[channel] - x) ** 2))
  const shared = mean(cells.map(({ picture, other }) => (picture[channel] - x) * (other[channel] - y)))
  const gain = spread > LEAST_SPREAD ? Math.max(0, shared / spread) : 1
  return { gain, offset: y - gain * x }
}

const residualOf = ({ picture, other }: Cell, color: Difference['color']): number =>
  mean(color.map(({ gain, offset }, channel) => Math.abs(gain * picture[channel] + offset - other[channel])))

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
