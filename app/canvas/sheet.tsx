'use client'
import { Box, ImageOff } from 'lucide-react'
import { useState } from 'react'
import type { Size } from '../../core/raster'
import type { RunOutcome } from '../../workers/runner'
import { Reviewed } from '../review/reviewed'
import { useBench } from '../shell/bench'
import { objectUrl } from '../state/object-url'
import { useWords } from '../text/words'
import { Picture } from '../ui/picture'
import { CompareEdge } from './compare-edge'
import { LayerView, pictureOf } from './layer-view'
import { PairLayer } from './pair-layer'
import { pairsIn } from './pairs'
import { pairsOf, type Scene, type ScenePicture } from './scene'
import type { Place, SheetLayout } from './sheet-layout'
import type { Layers } from './use-layers'
import type { Viewer } from './use-viewer'

interface SheetProps {
  viewer: Viewer
  scene: Scene
  /** Null until the pictures have told their sizes. */
  layout: SheetLayout | null
  onSize: (key: string, size: Size) => void
  wasDrag: () => boolean
  /** Without the layers of the result. */
  bare: boolean
}

/** The pictures and the layers over them, in picture pixels; the viewer moves it as a whole. */
export function Sheet({ viewer, scene, layout, onSize, wasDrag, bare }: SheetProps) {
  const { t } = useWords()
  const { card, item, result, layers } = useBench()
  const [unreadable, setUnreadable] = useState<string>()
  const { base, other, over, layered } = scene
  const alone = bare || layers.original
  const outcome = item?.run.status === 'done' ? item.run.outcome : undefined
  const pairs = pairsOf(card)
  const lines = layers.all.find(({ spec }) => spec === pairs)

  return (
    <>
      <div
        ref={viewer.sheet}
        className="sheet"
        style={layout ? { width: layout.width, height: layout.height } : { visibility: 'hidden' }}
      >
        {base && (
          <Placed picture={base} place={layout?.base} {...{ onSize }} onUnreadable={() => setUnreadable(base.key)} />
        )}
        {other && <Placed picture={other} place={layout?.other ?? undefined} {...{ onSize }} onUnreadable={() => {}} />}
        {over && (
          <>
            <Wiped file={over} share={layers.wipe} opacity={lines?.opacity} />
            <CompareEdge />
          </>
        )}
        <div className="sheet-grid" />
        {layout &&
          outcome &&
          result &&
          layered &&
          !alone &&
          layers.all.map((layer) => (
            <LayerView
              key={layer.spec.title}
              {...{ layer, wasDrag }}
              size={layout.base}
              data={result.data}
              files={outcome.files}
              share={layers.wipe}
            />
          ))}
        {layout && outcome && layered && !alone && isCompared(layers, outcome) && (
          <CompareEdge before={t('before')} after={t('after')} />
        )}
        {layout && layered && !layers.original && <Reviewed size={layout.base} layers={layers.all} />}
        {layout?.other && result && pairs && lines?.visible && (
          <PairLayer pairs={pairsIn(result.data, pairs.field)} layout={layout} opacity={lines.opacity} />
        )}
      </div>
      {(!base || unreadable === base.key) && item && (
        <p className="absolute inset-0 grid place-content-center justify-items-center gap-3 p-6 text-center text-muted">
          {base ? <ImageOff aria-hidden /> : <Box size={32} strokeWidth={1.5} aria-hidden />}
          {t(base ? 'noPreview' : 'cloudGiven', { name: item.picture.file.name })}
        </p>
      )}
    </>
  )
}

/** Whether a layer is shown that replaces the picture. */
const isCompared = ({ all }: Layers, { files }: RunOutcome): boolean =>
  all.some(({ spec, visible }) => spec.kind === 'replace' && visible && pictureOf(files, spec.artefact))

/** A picture over another, up to an edge that can be moved to compare them. */
function Wiped({ file, share, opacity }: { file: Blob; share: number; opacity: number | undefined }) {
  return (
    <img
      src={objectUrl(file)}
      alt=""
      draggable={false}
      className="pointer-events-none absolute inset-0 size-full max-w-none"
      style={{ opacity, clipPath: `inset(0 ${(1 - share) * 100}% 0 0)` }}
    />
  )
}

interface PlacedProps {
  picture: ScenePicture
  place: Place | undefined
  onSize: SheetProps['onSize']
  onUnreadable: () => void
}

function Placed({ picture: { key, file, name }, place, onSize, onUnreadable }: PlacedProps) {
  return (
    <Picture
      key={key}
      file={file}
      alt={name}
      className="checkered absolute max-w-none"
      style={place && { left: place.x, top: place.y, width: place.width, height: place.height }}
      onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => onSize(key, { width, height })}
      onUnreadable={onUnreadable}
    />
  )
}
