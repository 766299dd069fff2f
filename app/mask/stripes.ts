const SIDE = 12 // CSS pixels from one stripe to the next
const FILL = 0.5
const STRIPE = 0.8

/** A colour with slanting stripes of white and itself: it stands out on any picture, and without seeing its hue. */
export function stripes(context: CanvasRenderingContext2D, color: string, ratio: number): CanvasPattern | undefined {
  const side = Math.round(SIDE * ratio)
  const canvas = new OffscreenCanvas(side, side)
  const drawing = canvas.getContext('2d')
  if (!drawing) return undefined
  drawing.globalAlpha = FILL
  drawing.fillStyle = color
  drawing.fillRect(0, 0, side, side)
  drawing.globalAlpha = STRIPE
  slant(drawing, side, color, side / 4, 0)
  slant(drawing, side, '#fff', side / 10, side / 5)
  return context.createPattern(canvas, 'repeat') ?? undefined
}

/** A line from corner to corner that meets itself in the next square. */
function slant(
  drawing: OffscreenCanvasRenderingContext2D,
  side: number,
  color: string,
  width: number,
  aside: number,
): void {
  drawing.strokeStyle = color
  drawing.lineWidth = width
  drawing.beginPath()
  for (const shift of [-side, 0, side, 2 * side]) {
    drawing.moveTo(shift + aside - side, side * 2)
    drawing.lineTo(shift + aside + 2 * side, -side)
  }
  drawing.stroke()
}
