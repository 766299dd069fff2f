'use client'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import type { Size } from '../../core/raster'
import { useBench } from '../shell/bench'
import type { Item } from '../state/session'
import { useWords } from '../text/words'
import { Picture } from '../ui/picture'
import { LayerView } from './layer-view'
import type { Viewer } from './use-viewer'

interface SheetProps {
  viewer: Viewer
  size: Size | null
  item: Item
  onSize: (size: Size) => void
  wasDrag: () => boolean
}

/** The picture and the layers over it, in picture pixels; the viewer moves it as a whole. */
export function Sheet({ viewer, size, item, onSize, wasDrag }: SheetProps) {
  const { t } = useWords()
  const { result, layers } = useBench()
  const [unreadable, setUnreadable] = useState<string>()
  const { file, id } = item.picture
  const outcome = item.run.status === 'done' ? item.run.outcome : undefined

  return (
    <>
      <div ref={viewer.sheet} className="sheet" style={{ ...size, visibility: size ? 'visible' : 'hidden' }}>
        <Picture
          key={id}
          file={file}
          alt={file.name}
          className="checkered size-full max-w-none"
          onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => onSize({ width, height })}
          onUnreadable={() => setUnreadable(id)}
        />
        <div className="sheet-grid" />
        {size &&
          outcome &&
          result &&
          !layers.original &&
          layers.all.map((layer) => (
            <LayerView key={layer.spec.title} {...{ layer, size, wasDrag }} data={result.data} files={outcome.files} />
          ))}
      </div>
      {unreadable === id && (
        <p className="absolute inset-0 grid place-content-center justify-items-center gap-2 p-6 text-center text-muted">
          <ImageOff aria-hidden />
          {t('noPreview', { name: file.name })}
        </p>
      )}
    </>
  )
}
