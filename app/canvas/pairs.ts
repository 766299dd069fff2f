import type { Box } from './boxes'
import type { SheetLayout } from './sheet-layout'

/** One detail in two pictures, in pixels of each; the centre of the first pixel is 0. */
export interface Pair {
  readonly query_x: number
  readonly query_y: number
  readonly train_x: number
  readonly train_y: number
  readonly inlier?: boolean
}

const COORDINATES = ['query_x', 'query_y', 'train_x', 'train_y'] as const

/** The pairs in a field of `result_data`. */
export function pairsIn(data: Readonly<Record<string, unknown>>, field: string): readonly Pair[] {
  const value = data[field]
  return Array.isArray(value) ? value.filter(isPair) : []
}

const isPair = (value: unknown): value is Pair =>
  typeof value === 'object' && value !== null && COORDINATES.every((key) => key in value)

interface Ends {
  readonly from: readonly [x: number, y: number]
  readonly to: readonly [x: number, y: number]
}

function ends({ query_x, query_y, train_x, train_y }: Pair, { other }: SheetLayout): Ends {
  const { x = 0, y = 0, scale = 1 } = other ?? {}
  return { from: [query_x + 0.5, query_y + 0.5], to: [x + (train_x + 0.5) * scale, y + (train_y + 0.5) * scale] }
}

/** All lines as one SVG path: thousands of elements would be slow. */
export const pairPath = (pairs: readonly Pair[], layout: SheetLayout): string =>
  pairs
    .map((pair) => ends(pair, layout))
    .map(({ from, to }) => `M${from.map(round)}L${to.map(round)}`)
    .join('')

const round = (value: number) => Math.round(value * 10) / 10

/** What has to be in sight to see both ends. */
export function pairBox(pair: Pair, layout: SheetLayout): Box {
  const { from, to } = ends(pair, layout)
  const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])]
  return { x, y, w: Math.abs(from[0] - to[0]), h: Math.abs(from[1] - to[1]) }
}
