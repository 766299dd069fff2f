'use client'
import type { Size } from '../../core/raster'
import type { RunOutcome } from '../../workers/runner'
import { baseName } from '../export/save'
import { BoxLayer } from './box-layer'
import { boxesOf } from './boxes'
import { OverlayLayer } from './overlay-layer'
import { ReplaceLayer } from './replace-layer'
import type { Layer } from './use-layers'

interface LayerViewProps {
  layer: Layer
  size: Size
  data: Readonly<Record<string, unknown>>
  files: RunOutcome['files']
  /** Where the edge lies that compares before and after: 0..1 of the width. */
  share: number
  wasDrag: () => boolean
}

/** The picture of an artefact, whatever its format. */
export const pictureOf = (files: RunOutcome['files'], artefact: string): Blob | undefined =>
  files.find(({ name, blob }) => baseName(name) === artefact && blob.type.startsWith('image/'))?.blob

/** One layer over the picture. A new kind of layer is one more case. */
export function LayerView({ layer: { spec, visible, opacity }, size, data, files, share, wasDrag }: LayerViewProps) {
  if (!visible) return null
  switch (spec.kind) {
    case 'boxes':
      return <BoxLayer boxes={boxesOf(data, spec.field)} {...{ size, opacity, wasDrag }} />
    case 'quads': // people change them also before there is a result: they are drawn by the sheet itself
      return null
    case 'pairs':
      return null // lines lead to another picture, and are drawn where both are shown
    case 'overlay': {
      const file = pictureOf(files, spec.artefact)
      return file && <OverlayLayer file={file} over={size} opacity={opacity} />
    }
    case 'replace': {
      const file = pictureOf(files, spec.artefact)
      return file && <ReplaceLayer file={file} opacity={opacity} share={share} />
    }
    default:
      return null
  }
}
