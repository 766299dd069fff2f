import type { Checkpoint } from '../../../core/progress'
import type { Kernel } from '../kernel'
import { BORDER, type Extremum, GRAY_LEVEL } from './extremum'
import { refineExtremum } from './refine'
import { LEVELS, type Octave, type ScaleSpace } from './scale-space'

// Gray levels, a third of the final contrast: the true extremum between pixels can be higher than any pixel.
const CANDIDATE_LEVELS = 1
const DIFFERENCES = LEVELS + 2
const ROWS_PER_BREATH = 64

/** Extrema over place and scale, exact to a part of a pixel, without weak ones and edges (Lowe 2004, sections 3 and 4). */
export async function findExtrema(
  kernel: Kernel,
  { octaves }: ScaleSpace,
  checkpoint: Checkpoint,
): Promise<Extremum[]> {
  const found: Extremum[] = []
  const total = octaves.reduce((sum, { height }) => sum + height, 0)
  let done = 0
  for (const [index, octave] of octaves.entries()) {
    const step = (row: number) => checkpoint(done + row, total)
    await scanOctave(kernel, octave, index, found, step)
    done += octave.height
  }
  return found
}

async function scanOctave(
  kernel: Kernel,
  octave: Octave,
  index: number,
  found: Extremum[],
  step: (row: number) => Promise<void>,
): Promise<void> {
  const { address, planeBytes, width, height, stride } = octave
  const mark = kernel.mark()
  const rows = kernel.allocate(DIFFERENCES * 3 * stride * 2)
  const out = kernel.allocate(LEVELS * stride * 8)
  const threshold = CANDIDATE_LEVELS * GRAY_LEVEL
  const planes = kernel.i16(0, (address + planeBytes * (LEVELS + 3)) / 2)
  const candidates = kernel.i32(out, LEVELS * stride * 2)
  const peaks = createPeaks(octave)
  const subtract = (y: number) => kernel.run.subtractRows(address, planeBytes, DIFFERENCES, stride, y, rows, y % 3)
  subtract(BORDER - 1)
  subtract(BORDER)
  for (let y = BORDER; y < height - BORDER; y++) {
    subtract(y + 1)
    const count = kernel.run.scanRow(rows, DIFFERENCES, stride, y % 3, BORDER, width - BORDER, threshold, out)
    for (let i = 0; i < count; i++) {
      const extremum = refineExtremum(planes, octave, index, candidates[2 * i], y, candidates[2 * i + 1])
      if (extremum && !peaks.has(extremum)) {
        peaks.add(extremum)
        found.push(extremum)
      }
    }
    if (y % ROWS_PER_BREATH === 0) await step(y)
  }
  kernel.release(mark)
}

/** Equal neighbours are all candidates, and end at the same peak or beside it: only the first of them counts. */
function createPeaks({ width, height }: Octave) {
  const places = new Set<number>()
  return {
    has({ place }: Extremum): boolean {
      for (let level = -1; level <= 1; level++) {
        for (let row = -1; row <= 1; row++) {
          const middle = place + (level * height + row) * width
          if (places.has(middle - 1) || places.has(middle) || places.has(middle + 1)) return true
        }
      }
      return false
    },
    add: ({ place }: Extremum) => places.add(place),
  }
}
