'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import type { Size } from '../../core/raster'
import { duelOf } from '../mask/rival'
import { useMaskEditor } from '../mask/use-mask-editor'
import { ReviewTools } from '../review/reviewed'
import { useBench } from '../shell/bench'
import { filesOf } from '../state/dropped-files'
import { anyKind } from '../state/intake'
import { useWords } from '../text/words'
import { CanvasNotice } from './canvas-notice'
import { EmptyCanvas } from './empty-canvas'
import type { Scene } from './scene'
import { Sheet } from './sheet'
import type { SheetLayout } from './sheet-layout'
import { useGestures } from './use-gestures'
import type { Viewer } from './use-viewer'
import { ZoomBar } from './zoom-bar'

// Not in the script of the first page: of use for some tools only, or once there is a result.
const DuelBar = dynamic(() => import('../mask/duel-bar').then((module) => module.DuelBar), { ssr: false })
const LayerPanel = dynamic(() => import('./layer-panel').then((module) => module.LayerPanel), { ssr: false })
const MarkLayer = dynamic(() => import('./mark-layer').then((module) => module.MarkLayer), { ssr: false })
const MaskLayer = dynamic(() => import('../mask/mask-layer').then((module) => module.MaskLayer), { ssr: false })
const MaskTools = dynamic(() => import('../mask/mask-tools').then((module) => module.MaskTools), { ssr: false })
const CloudCanvas = dynamic(() => import('../cloud/cloud-canvas').then((module) => module.CloudCanvas), { ssr: false })

interface CanvasProps {
  viewer: Viewer
  scene: Scene | null
  layout: SheetLayout | null
  onSize: (key: string, size: Size) => void
}

export function Canvas({ viewer, scene, layout, onSize }: CanvasProps) {
  const { t } = useWords()
  const bench = useBench()
  const [hovering, setHovering] = useState(false)
  const { handlers, wasDrag } = useGestures(viewer)
  const editor = useMaskEditor()
  const paints = layout && scene?.layered && editor?.isOpen
  const solid = anyKind(bench.card.inputs) === 'cloud' && bench.layers.picture === null

  return (
    <section
      aria-label={t('canvas')}
      className="relative min-h-0 min-w-0 overflow-hidden bg-canvas [grid-area:canvas]"
      onDragOver={(event) => {
        event.preventDefault()
        setHovering(true)
      }}
      onDragLeave={(event) => event.currentTarget.contains(event.relatedTarget as Node | null) || setHovering(false)}
      onDrop={(event) => {
        event.preventDefault()
        event.stopPropagation()
        setHovering(false)
        void filesOf(event.dataTransfer).then((files) => bench.do.give(files))
      }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and the zoom bar do the same */}
      <div
        ref={viewer.frame}
        className={`absolute inset-0 touch-none ${bench.item && !solid ? 'cursor-grab active:cursor-grabbing' : 'hidden'}`}
        onDoubleClick={() => (viewer.view.get().scale === 1 ? viewer.fit() : viewer.actualSize())}
        {...handlers}
      >
        {scene && !solid && <Sheet {...{ viewer, scene, layout, onSize, wasDrag }} bare={!!paints} />}
        {paints && <MaskLayer key={editor.id} {...{ editor, viewer }} size={layout.base} gestures={handlers} />}
      </div>
      {bench.item ? (
        <>
          {bench.marking && layout && <MarkLayer viewer={viewer} size={layout.base} slot={bench.marking} />}
          {solid && <CloudCanvas key={bench.item.picture.id} />}
          <CanvasNotice />
          {bench.result && bench.card.layers.length > 0 && !paints && <LayerPanel />}
          {layout && !solid && <ReviewTools />}
          {layout && editor && <MaskTools editor={editor} />}
          {layout && !paints && bench.result && duelOf(bench.card) && <DuelBar />}
          {layout && !solid && <ZoomBar viewer={viewer} size={layout.base} isInTheWay={!!paints} />}
        </>
      ) : (
        <EmptyCanvas />
      )}
      {hovering && (
        <div className="pointer-events-none absolute inset-3 grid animate-appear place-items-center rounded-xl border-2 border-accent border-dashed bg-shade">
          <p className="rounded-md bg-raised px-4 py-2 font-semibold text-base">{t('dropHere')}</p>
        </div>
      )}
    </section>
  )
}
