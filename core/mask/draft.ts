import type { Rect } from '../draw'
import { clip, isEmpty, type Mask, TILE, type Tile, tileColumns, tileRegion, tilesOf } from './mask'

/** A mask that is being changed. Tiles are copied when they are first touched; the mask it began from stays as it is. */
export interface Draft {
  readonly mask: Mask
  readonly tiles: Map<number, Tile>
  /** Those that belong to the draft alone. */
  readonly own: Set<number>
}

/** What a change does: `add` marks as much as it covers, `remove` leaves no more than it does not cover. */
export type Change = 'add' | 'remove'

/**
 * How much of each pixel of a row a shape covers.
 *
 * @param row gets 0..255 for the pixels from `x` on; holds 0 when it is handed over
 */
export type CoverRow = (y: number, x: number, row: Uint8Array) => void

export const beginDraft = (mask: Mask): Draft => ({ mask, tiles: new Map(mask.tiles), own: new Set() })

/** The changed mask; the one it began from where nothing was changed. The draft must not be changed after that. */
export function finishDraft({ mask, tiles, own }: Draft): Mask {
  if (own.size === 0) return mask
  for (const index of own) if (tiles.get(index)?.every((value) => value === 0)) tiles.delete(index)
  return { width: mask.width, height: mask.height, tiles }
}

/**
 * Lays a shape into a draft. The greater of old and new counts, so a stroke that crosses itself grows no darker.
 *
 * @param region that the shape may cover
 * @returns what may have changed, within the picture
 */
export function lay(draft: Draft, region: Rect, cover: CoverRow, change: Change): Rect {
  const { x, y, w, h } = clip(region, draft.mask)
  const row = new Uint8Array(Math.max(0, w))
  for (let line = y; line < y + h; line++) {
    row.fill(0)
    cover(line, x, row)
    layRow(draft, x, line, row, change)
  }
  return { x, y, w, h }
}

function layRow(draft: Draft, x: number, y: number, row: Uint8Array, change: Change): void {
  const first = Math.floor(y / TILE) * tileColumns(draft.mask.width)
  for (let from = 0; from < row.length; ) {
    const column = Math.floor((x + from) / TILE)
    const to = Math.min(row.length, (column + 1) * TILE - x)
    if (covers(row, from, to))
      layRun(draft, first + column, (y % TILE) * TILE - column * TILE + x, row, from, to, change)
    from = to
  }
}

/** @param offset of the row's first pixel in the tile */
function layRun(
  draft: Draft,
  index: number,
  offset: number,
  row: Uint8Array,
  from: number,
  to: number,
  change: Change,
): void {
  if (change === 'remove' && !draft.tiles.has(index)) return
  const tile = ownTile(draft, index)
  for (let i = from; i < to; i++) {
    const value = change === 'add' ? row[i] : 255 - row[i]
    const old = tile[offset + i]
    if (change === 'add' ? value > old : value < old) tile[offset + i] = value
  }
}

function covers(row: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (row[i] > 0) return true
  return false
}

function ownTile({ tiles, own }: Draft, index: number): Tile {
  let tile = tiles.get(index)
  if (tile && own.has(index)) return tile
  tile = tile ? tile.slice() : new Uint8Array(TILE * TILE)
  tiles.set(index, tile)
  own.add(index)
  return tile
}

/** What was marked is not, and the other way round. */
export function inverted(mask: Mask): Mask {
  const tiles = new Map<number, Tile>()
  for (const index of tilesOf(mask, { x: 0, y: 0, w: mask.width, h: mask.height })) {
    const tile = invertedTile(mask.tiles.get(index), tileRegion(mask, index))
    if (tile.some((value) => value > 0)) tiles.set(index, tile)
  }
  return { width: mask.width, height: mask.height, tiles }
}

function invertedTile(tile: Tile | undefined, { w, h }: Rect): Tile {
  const out = new Uint8Array(TILE * TILE)
  for (let y = 0; y < h; y++) {
    for (let i = y * TILE; i < y * TILE + w; i++) out[i] = 255 - (tile?.[i] ?? 0)
  }
  return out
}

/** Both together. They are of the same size. */
export function merged(mask: Mask, other: Mask, change: Change): Mask {
  if (isEmpty(other) || (change === 'remove' && isEmpty(mask))) return mask
  const draft = beginDraft(mask)
  for (const [index, tile] of other.tiles) {
    const region = tileRegion(mask, index)
    const cover: CoverRow = (y, _, row) => {
      const from = (y - region.y) * TILE
      row.set(tile.subarray(from, from + row.length))
    }
    lay(draft, region, cover, change)
  }
  return finishDraft(draft)
}
