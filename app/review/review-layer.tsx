'use client'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { Size } from '../../core/raster'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { type Corner, cornersOf, drawn, drawnZone, type EditQuad, moved, turned, withCornerAt } from './edits'
import { historyKeys } from './history-keys'
import { pointIn } from './pointer'
import { QuadMark } from './quad-mark'
import { chosen, mode, type Review, useChosen, useMode } from './use-review'
import { ZoneMark } from './zone-mark'

interface ReviewLayerProps {
  review: Review
  size: Size
  opacity: number
}

/** What a drag is doing; `now` is the quad as it would be if it ended here. */
type Drag =
  | { readonly kind: 'draw'; readonly from: Corner; readonly to: Corner }
  | {
      readonly kind: 'edit'
      readonly index: number
      readonly corner?: number
      readonly from: Corner
      readonly now: EditQuad
    }

const STEP = 1 // pixels for an arrow key
const LEAP = 10 // with Shift
const ARROWS: Readonly<Record<string, Corner>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
const TURNS: Readonly<Record<string, number>> = { ',': -1, '.': 1 }

/** The quads over the picture: choose, move, drag corners, turn, delete, draw. */
export function ReviewLayer({ review, size, opacity }: ReviewLayerProps) {
  const { t, format } = useWords()
  const { words } = useBench()
  const svg = useRef<SVGSVGElement>(null)
  const [drag, setDrag] = useState<Drag>()
  const selected = useChosen()
  const what = useMode()
  const { quads, edits, residuals, spec } = review
  const at = (event: PointerEvent<Element>) => pointIn(svg.current, event)

  const replace = (index: number, quad: EditQuad) =>
    review.change({ quads: quads.map((one, i) => (i === index ? quad : one)) })
  const remove = (index: number) => {
    chosen.set(null)
    review.change({ quads: quads.filter((_, i) => i !== index) })
  }
  const removeZone = (index: number) => {
    chosen.set(null)
    review.change({ zones: edits.zones.filter((_, i) => i !== index) })
  }

  const grab = (event: PointerEvent<Element>, index: number, corner?: number) => {
    if (event.button !== 0 || what !== 'select') return
    event.stopPropagation()
    svg.current?.setPointerCapture(event.pointerId)
    chosen.set({ kind: 'quad', index })
    setDrag({ kind: 'edit', index, corner, from: at(event), now: quads[index] })
  }
  const begin = (event: PointerEvent<Element>) => {
    if (what === 'select' || event.button !== 0) return void chosen.set(null)
    event.stopPropagation()
    svg.current?.setPointerCapture(event.pointerId)
    setDrag({ kind: 'draw', from: at(event), to: at(event) })
  }
  const go = (event: PointerEvent<Element>) => {
    if (!drag) return
    event.stopPropagation()
    const to = at(event)
    if (drag.kind === 'draw') return setDrag({ ...drag, to })
    const quad = quads[drag.index]
    const [dx, dy] = [to[0] - drag.from[0], to[1] - drag.from[1]]
    if (drag.corner === undefined) return setDrag({ ...drag, now: moved(quad, dx, dy) })
    const [x, y] = cornersOf(quad)[drag.corner]
    setDrag({ ...drag, now: withCornerAt(quad, drag.corner, [x + dx, y + dy]) ?? drag.now })
  }
  const end = (event: PointerEvent<Element>) => {
    if (!drag) return
    event.stopPropagation()
    setDrag(undefined)
    if (drag.kind === 'edit') return void (drag.now !== quads[drag.index] && replace(drag.index, drag.now))
    const quad = what === 'quad' ? drawn(drag.from, drag.to) : undefined
    const zone = what === 'zone' ? drawnZone(drag.from, drag.to, size.width, size.height) : undefined
    if (quad) review.change({ quads: [...quads, quad] })
    if (zone) review.change({ zones: [...edits.zones, zone] })
    if (quad) chosen.set({ kind: 'quad', index: quads.length })
    if (quad || zone) mode.set('select')
  }

  const key = (event: KeyboardEvent<Element>, index: number, corner?: number) => {
    const next = edited(quads[index], event, corner)
    if (next === undefined && event.key !== 'Delete' && event.key !== 'Backspace') return
    event.preventDefault()
    event.stopPropagation()
    if (next) replace(index, next)
    else remove(index)
  }

  const dragging = drag !== undefined
  useEffect(() => {
    if (!dragging) return
    // The focus may be anywhere while the pointer is down, and Escape would close something there.
    const stop = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      setDrag(undefined)
    }
    window.addEventListener('keydown', stop, { capture: true })
    return () => window.removeEventListener('keydown', stop, { capture: true })
  }, [dragging])

  const title = words.label(spec.title, spec.title)
  const labelOf = ({ score, covered }: Review['quads'][number], index: number) => {
    const number = index + 1
    if (score === null) return t('reviewGivenQuad', { title, number })
    return t(covered === false ? 'reviewFreeQuad' : 'reviewQuad', { title, number, score: format.fixed(score, 2) })
  }

  return (
    <svg
      ref={svg}
      aria-label={t('review')}
      viewBox={`0 0 ${size.width} ${size.height}`}
      className={`absolute inset-0 size-full overflow-visible ${what === 'select' ? '' : 'cursor-crosshair'}`}
      style={{ opacity, touchAction: 'none' }}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={() => setDrag(undefined)}
      onKeyDown={(event) => historyKeys(event, review)}
      onDoubleClick={(event) => event.target !== svg.current && event.stopPropagation()}
    >
      {/* What takes drags while something is drawn, also where nothing is. */}
      {what !== 'select' && <rect {...size} fill="transparent" />}
      {edits.zones.map((zone, i) => (
        <ZoneMark
          key={`${zone.x} ${zone.y} ${zone.w} ${zone.h}`}
          {...{ zone, size }}
          label={t('reviewZone', { number: i + 1 })}
          selected={selected?.kind === 'zone' && selected.index === i}
          onSelect={() => what === 'select' && chosen.set({ kind: 'zone', index: i })}
          onRemove={() => removeZone(i)}
        />
      ))}
      {residuals.map((quad) => (
        // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons
        <polygon
          key={cornersOf(quad).join(' ')}
          role="button"
          tabIndex={0}
          aria-label={t('reviewResidual', { score: format.fixed(quad.score ?? 0, 2) })}
          points={cornersOf(quad).join(' ')}
          fill="#e5484d"
          fillOpacity={0.25}
          stroke="#e5484d"
          strokeWidth={3}
          vectorEffect="non-scaling-stroke"
          className="cursor-pointer"
          onClick={() => review.change({ quads: [...quads, quad] })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== ' ') return
            event.preventDefault()
            event.stopPropagation()
            review.change({ quads: [...quads, quad] })
          }}
        >
          <title>{t('reviewResidual', { score: format.fixed(quad.score ?? 0, 2) })}</title>
        </polygon>
      ))}
      {quads.map((quad, i) => (
        <QuadMark
          key={i}
          quad={drag?.kind === 'edit' && drag.index === i ? { ...quad, ...drag.now } : quad}
          label={labelOf(quad, i)}
          selected={selected?.kind === 'quad' && selected.index === i}
          onSelect={() => chosen.set({ kind: 'quad', index: i })}
          onGrab={(event, corner) => grab(event, i, corner)}
          onKey={(event, corner) => key(event, i, corner)}
        />
      ))}
      {drag?.kind === 'draw' && <Rubber {...drag} />}
    </svg>
  )
}

/** The quad after a key; undefined for keys that do not change it. */
function edited(quad: EditQuad, { key, shiftKey }: KeyboardEvent, corner?: number): EditQuad | undefined {
  const arrow = ARROWS[key]
  const step = shiftKey ? LEAP : STEP
  if (arrow && corner === undefined) return moved(quad, arrow[0] * step, arrow[1] * step)
  if (arrow && corner !== undefined) {
    const [x, y] = cornersOf(quad)[corner]
    return withCornerAt(quad, corner, [x + arrow[0] * step, y + arrow[1] * step]) ?? quad
  }
  return TURNS[key] && corner === undefined ? turned(quad, TURNS[key]) : undefined
}

function Rubber({ from, to }: { from: Corner; to: Corner }) {
  return (
    <rect
      x={Math.min(from[0], to[0])}
      y={Math.min(from[1], to[1])}
      width={Math.abs(to[0] - from[0])}
      height={Math.abs(to[1] - from[1])}
      fill="var(--accent)"
      fillOpacity={0.2}
      stroke="var(--accent)"
      strokeWidth={2}
      vectorEffect="non-scaling-stroke"
    />
  )
}
