import type { Layout } from '../../../core/wasm'
import type { Exports } from './kernel'

/** A picture with a hole in the kernel's memory: RGBA bytes, and one byte a pixel that is 0 where the picture is known. */
export interface Level {
  readonly width: number
  readonly height: number
  readonly pixels: number
  readonly hole: number
}

export const areaOf = ({ width, height }: Level): number => width * height

const SHORTEST = 2

export const SLACK = 64 // vectors are read past the last pixel

function reserveLevel(layout: Layout, width: number, height: number): Level {
  const pixels = layout.reserve(width * height * 4 + SLACK)
  return { width, height, pixels, hole: layout.reserve(width * height + SLACK) }
}

/** Levels, each half as large as the one before, down to a longer side of less than `2 * SHORTEST`; the first is the largest. */
export function reservePyramid(layout: Layout, width: number, height: number): readonly Level[] {
  const levels = [reserveLevel(layout, width, height)]
  for (let last = levels[0]; Math.max(last.width, last.height) >= 2 * SHORTEST; last = levels[levels.length - 1]) {
    levels.push(reserveLevel(layout, (last.width + 1) >> 1, (last.height + 1) >> 1))
  }
  return levels
}

export function shrinkLevel(kernel: Exports, from: Level, to: Level, least: number): void {
  kernel.shrink(from.pixels, from.hole, from.width, from.height, least, to.pixels, to.hole)
}
