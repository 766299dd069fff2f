import { copyRaster, fillRect, grow, type Ink, overlaps, type Rect, strokeRect } from '../../core/draw'
import { Pen } from '../../core/draw-text'
import type { Raster } from '../../core/raster'
import type { Match } from './spec'

const FRAME: Ink = { rgb: [255, 196, 0], alpha: 1 }
const CASING: Ink = { rgb: [16, 16, 20], alpha: 0.65 } // keeps the frame visible on a bright picture
const TEXT: Ink = { rgb: [16, 16, 20], alpha: 1 }

/** A copy of the picture with a frame and a score for each match. Sizes follow the picture, not the template. */
export function drawMatches(image: Raster, matches: readonly Match[]): Raster {
  const raster = copyRaster(image)
  const line = Math.max(2, Math.round(Math.max(image.width, image.height) / 640))
  const casing = Math.ceil(line / 3)
  for (const match of matches) strokeRect(raster, grow(match, -casing), line + 2 * casing, CASING)
  for (const match of matches) strokeRect(raster, match, line, FRAME)
  drawLabels(raster, matches, line, casing)
  return raster
}

/** Best first; a label with no free place beside its frame is left out, for it would hide another match. */
function drawLabels(raster: Raster, matches: readonly Match[], line: number, casing: number): void {
  const pen = new Pen(3 + 5 * line)
  const padding = Math.ceil(pen.height / 3)
  const taken: Rect[] = []
  for (const match of matches) {
    const text = (Math.floor(Math.round(match.score * 10_000) / 100) / 100).toFixed(2) // 1.00 is said of 1 alone
    const size = { w: pen.width(text) + padding, h: pen.height + 2 * padding }
    const label = places(match, size, line).find((place) => isFree(place, raster, match, matches, taken))
    if (!label) continue
    taken.push(label)
    strokeRect(raster, label, casing, CASING)
    fillRect(raster, label, FRAME)
    pen.write(raster, text, label.x + Math.round(padding / 2), label.y + padding, TEXT)
  }
}

/** Above, below, right, left, and at last inside of the frame. */
function places({ x, y, w, h }: Match, size: { w: number; h: number }, line: number): Rect[] {
  const [left, right, above, below] = [x - line, x + w + line, y - line, y + h + line]
  return [
    { ...size, x: left, y: above - size.h },
    { ...size, x: right - size.w, y: above - size.h },
    { ...size, x: left, y: below },
    { ...size, x: right, y: above },
    { ...size, x: left - size.w, y: above },
    ...(size.w <= w && size.h <= h / 2 ? [{ ...size, x, y }] : []),
  ]
}

function isFree(
  place: Rect,
  { width, height }: Raster,
  own: Match,
  matches: readonly Match[],
  taken: readonly Rect[],
): boolean {
  const inside = place.x >= 0 && place.y >= 0 && place.x + place.w <= width && place.y + place.h <= height
  return (
    inside &&
    !taken.some((other) => overlaps(place, other)) &&
    !matches.some((other) => other !== own && overlaps(place, other))
  )
}
