import type { PointerEvent } from 'react'
import type { Corner } from './edits'

/** Where a pointer is, in pixels of the picture that an SVG element is drawn in. */
export function pointIn(
  svg: SVGSVGElement | null,
  { clientX, clientY }: Pick<PointerEvent, 'clientX' | 'clientY'>,
): Corner {
  const matrix = svg?.getScreenCTM()
  if (!matrix) return [0, 0]
  const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse())
  return [x, y]
}
