'use client'
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react'
import type { Size } from '../../core/raster'
import type { Viewer } from '../canvas/use-viewer'
import { useBench } from '../shell/bench'
import { useStore } from '../state/store'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { brush, TINTS } from './brush'
import { CursorRing } from './cursor-ring'
import { Outline } from './outline'
import { Overlay } from './overlay'
import { tellSize } from './shown-size'
import { useKeyboardBrush } from './use-keyboard-brush'
import type { MaskEditor } from './use-mask-editor'
import { useMaskKeys } from './use-mask-keys'
import { type PointerHandlers, usePainting } from './use-painting'
import { viewOnScreen } from './view-on-screen'

interface MaskLayerProps {
  editor: MaskEditor
  viewer: Viewer
  size: Size
  gestures: PointerHandlers
}

/** Lies over the canvas while a mask is painted: shows it, and takes pointers, fingers and keys. */
export function MaskLayer({ editor, viewer, size, gestures }: MaskLayerProps) {
  const { t } = useWords()
  const { layers } = useBench()
  const { tool, tint } = useStore(brush)
  const canvas = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<Overlay>(null)
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null)
  const onFail = () => toast({ text: t('maskFailed'), wrong: true })
  const isSpaceDown = useMaskKeys(editor)
  const { handlers, outline, drop, isPainting } = usePainting({
    editor,
    viewer,
    overlay,
    gestures,
    isSpaceDown,
    onFail,
  })
  const keyboard = useKeyboardBrush({ editor, viewer, size, onFail, onMove: setPointer })
  const { mask, id } = editor
  const { width, height } = size

  useEffect(() => tellSize(id, { width, height }), [id, width, height])

  // Tiles are small canvases, the screen is another: neither outlives the picture.
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const drawing = new Overlay(element, { width, height })
    overlay.current = drawing
    let frame = 0
    const draw = () => {
      const { view, moves } = viewOnScreen(viewer)
      drawing.draw(view)
      frame = moves ? requestAnimationFrame(draw) : 0
    }
    const soon = () => {
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame(draw)
    }
    const observer = new ResizeObserver(() => {
      element.width = Math.round(element.clientWidth * devicePixelRatio)
      element.height = Math.round(element.clientHeight * devicePixelRatio)
      draw()
    })
    observer.observe(element)
    const forget = viewer.view.subscribe(soon)
    return () => {
      cancelAnimationFrame(frame)
      observer.disconnect()
      forget()
    }
  }, [viewer, width, height])

  useEffect(() => {
    const drawing = overlay.current
    if (!drawing || isPainting()) return
    drawing.show(mask?.tiles ?? new Map())
    drawing.draw(viewer.view.get())
  }, [mask, viewer, isPainting])

  useEffect(() => {
    overlay.current?.tint(TINTS[tint])
    overlay.current?.draw(viewer.view.get())
  }, [tint, viewer])

  const paints = tool === 'brush' || tool === 'eraser'
  const follow = (event: PointerEvent<HTMLElement>) => {
    const corner = event.currentTarget.getBoundingClientRect()
    const shows = event.pointerType !== 'touch' || isPainting()
    setPointer(shows ? { x: event.clientX - corner.left, y: event.clientY - corner.top } : null)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape' && isPainting()) {
      event.preventDefault()
      event.stopPropagation()
      return drop()
    }
    keyboard(event)
  }

  return (
    <div
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard paints here too
      tabIndex={0}
      aria-label={t('maskCanvas')}
      aria-describedby="mask-keys"
      className={`absolute inset-0 touch-none outline-none ${CURSORS[tool]}`}
      style={{ visibility: layers.original ? 'hidden' : undefined }}
      {...handlers}
      onPointerMove={(event) => {
        follow(event)
        handlers.onPointerMove(event)
      }}
      onPointerLeave={() => setPointer(null)}
      onDoubleClick={(event) => tool !== 'hand' && event.stopPropagation()}
      onKeyDown={onKeyDown}
    >
      <canvas ref={canvas} className="pointer-events-none absolute inset-0 size-full" />
      {outline && <Outline viewer={viewer} corners={outline} />}
      {pointer && (paints || document.activeElement?.role === 'application') && tool !== 'hand' && (
        <CursorRing viewer={viewer} {...pointer} round={paints} />
      )}
      <p id="mask-keys" className="sr-only">
        {t('maskCanvasKeys')}
      </p>
    </div>
  )
}

const CURSORS = {
  brush: 'cursor-none',
  eraser: 'cursor-none',
  lasso: 'cursor-crosshair',
  rectangle: 'cursor-crosshair',
  wand: 'cursor-crosshair',
  hand: 'cursor-grab active:cursor-grabbing',
} as const
