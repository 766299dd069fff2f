import type { Size } from '../../core/raster'

export interface Place extends Size {
  readonly x: number
  readonly y: number
}

/** Where the pictures of a scene lie, in pixels of the first. */
export interface SheetLayout extends Size {
  readonly base: Place
  readonly other: (Place & { /** Sheet pixels for one of its own. */ readonly scale: number }) | null
}

const GAP = 0.02 // of the wider picture

/** One picture alone, or two of the same height side by side. */
export function sheetLayout(base: Size, other: Size | undefined): SheetLayout {
  const first = { x: 0, y: 0, width: base.width, height: base.height }
  if (!other) return { width: base.width, height: base.height, base: first, other: null }
  const scale = base.height / other.height
  const width = other.width * scale
  const x = base.width + Math.round(GAP * Math.max(base.width, width))
  return {
    width: x + width,
    height: base.height,
    base: first,
    other: { x, y: 0, width, height: base.height, scale },
  }
}
