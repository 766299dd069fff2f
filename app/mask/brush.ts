import { createStore } from '../state/store'

export const TOOLS = ['brush', 'eraser', 'lasso', 'rectangle', 'wand', 'hand'] as const
export type Tool = (typeof TOOLS)[number]

/** Of the marks over the picture: colours that differ also in lightness, for those who see hues alike. */
export const TINTS = { magenta: '#ff2d9b', cyan: '#00d0ff', yellow: '#ffe100', black: '#000000' } as const
export type Tint = keyof typeof TINTS

export interface Brush {
  readonly tool: Tool
  /** Diameter, in pixels of the picture. */
  readonly size: number
  /** 0..1 */
  readonly hardness: number
  /** A pen that is pressed harder draws a wider line. */
  readonly pressure: boolean
  /** Lasso, rectangle and wand take away instead of adding. */
  readonly removes: boolean
  /** Of the wand: 0..255. */
  readonly tolerance: number
  readonly contiguous: boolean
  /** Pixels that Feather softens the edge by. */
  readonly feather: number
  readonly tint: Tint
}

export const SIZES = { least: 1, most: 1000 } as const

export const brush = createStore<Brush>({
  tool: 'brush',
  size: 48,
  hardness: 0.9,
  pressure: true,
  removes: false,
  tolerance: 24,
  contiguous: true,
  feather: 6,
  tint: 'magenta',
})

export const setBrush = (next: Partial<Brush>): void => brush.set({ ...brush.get(), ...next })

const STEP = 1.15

/** The next size: a share of it, but at least a pixel. */
export function resized(size: number, steps: number): number {
  const next = size * STEP ** steps
  const whole = steps > 0 ? Math.max(size + 1, Math.round(next)) : Math.min(size - 1, Math.round(next))
  return Math.min(SIZES.most, Math.max(SIZES.least, whole))
}

const HARDNESS_STEP = 0.1

export const hardened = (hardness: number, steps: number): number =>
  Math.min(1, Math.max(0, Math.round((hardness + steps * HARDNESS_STEP) * 10) / 10))
