import type { Rect } from '../../core/draw'
import { clip, TILE, type Tile, tileRegion, tilesOf } from '../../core/mask/mask'
import type { Size } from '../../core/raster'
import type { View } from '../canvas/view-transform'
import { stripes } from './stripes'

interface DrawnTile {
  tile: Tile
  readonly canvas: OffscreenCanvas
}

const CRISP_FROM = 2 // as the picture under it

/**
 * Shows a mask over the picture at the size of the screen, whatever the size of the picture: each tile is a small canvas
 * that is written where it changes, and only the part of the screen over it is drawn again.
 */
export class Overlay {
  readonly #context: CanvasRenderingContext2D
  readonly #size: Size
  readonly #tiles = new Map<number, DrawnTile>()
  #pattern: CanvasPattern | undefined

  constructor(canvas: HTMLCanvasElement, size: Size) {
    const context = canvas.getContext('2d')
    if (!context) throw new Error('This browser has no 2D canvas')
    this.#context = context
    this.#size = size
  }

  tint(color: string): void {
    this.#pattern = stripes(this.#context, color, devicePixelRatio)
  }

  /** Writes the tiles that are not as they were. */
  show(tiles: ReadonlyMap<number, Tile>): void {
    for (const index of this.#tiles.keys()) if (!tiles.has(index)) this.#tiles.delete(index)
    for (const [index, tile] of tiles) {
      if (this.#tiles.get(index)?.tile !== tile) this.#write(index, tile, { x: 0, y: 0, w: TILE, h: TILE })
    }
  }

  /** Writes a part of tiles that are being changed. */
  touch(tiles: ReadonlyMap<number, Tile>, region: Rect): void {
    for (const index of tilesOf(this.#size, region)) {
      const tile = tiles.get(index)
      const { x, y } = tileRegion(this.#size, index)
      const isKnown = this.#tiles.get(index)?.tile === tile
      const part = clip({ ...region, x: region.x - x, y: region.y - y }, { width: TILE, height: TILE })
      if (tile) this.#write(index, tile, isKnown ? part : { x: 0, y: 0, w: TILE, h: TILE })
    }
  }

  #write(index: number, tile: Tile, { x, y, w, h }: Rect): void {
    const canvas = this.#tiles.get(index)?.canvas ?? new OffscreenCanvas(TILE, TILE)
    const pixels = new ImageData(w, h)
    for (let row = 0; row < h; row++) {
      const from = (y + row) * TILE + x
      for (let i = 0; i < w; i++) pixels.data[(row * w + i) * 4 + 3] = tile[from + i]
    }
    canvas.getContext('2d')?.putImageData(pixels, x, y)
    this.#tiles.set(index, { tile, canvas })
  }

  /** @param region of the picture that has changed; all of it when not given */
  draw(view: View, region?: Rect): void {
    const { canvas } = this.#context
    const scale = view.scale * devicePixelRatio
    const [left, top] = [view.x * devicePixelRatio, view.y * devicePixelRatio]
    const seen = { x: -left / scale, y: -top / scale, w: canvas.width / scale, h: canvas.height / scale }
    const part = region
      ? { x: left + region.x * scale, y: top + region.y * scale, w: region.w * scale, h: region.h * scale }
      : { x: 0, y: 0, w: canvas.width, h: canvas.height }
    const [x, y] = [Math.floor(part.x) - 2, Math.floor(part.y) - 2]
    const [w, h] = [Math.ceil(part.w) + 4, Math.ceil(part.h) + 4]
    const context = this.#context
    context.save()
    context.beginPath()
    context.rect(x, y, w, h)
    context.clip()
    context.clearRect(x, y, w, h)
    context.imageSmoothingEnabled = view.scale < CRISP_FROM
    for (const index of tilesOf(this.#size, seen)) {
      const drawn = this.#tiles.get(index)
      const place = tileRegion(this.#size, index)
      // Whole pixels of the screen, or a seam would show between tiles.
      const [x0, x1] = [place.x, place.x + place.w].map((at) => Math.round(left + at * scale))
      const [y0, y1] = [place.y, place.y + place.h].map((at) => Math.round(top + at * scale))
      const isTouched = x0 < x + w && x1 > x && y0 < y + h && y1 > y
      if (drawn && isTouched) context.drawImage(drawn.canvas, 0, 0, place.w, place.h, x0, y0, x1 - x0, y1 - y0)
    }
    context.globalCompositeOperation = 'source-in'
    context.fillStyle = this.#pattern ?? '#f0f'
    context.fillRect(x, y, w, h)
    context.restore()
  }
}
