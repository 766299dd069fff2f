'use client'
import type { Size } from '../../core/raster'
import type { RunOutcome } from '../../workers/runner'
import { baseName } from '../export/save'
import { BoxLayer } from './box-layer'
import { boxesOf } from './boxes'
import { OverlayLayer } from './overlay-layer'
import type { Layer } from './use-layers'

interface LayerViewProps {
  layer: Layer
  size: Size
  data: Readonly<Record<string, unknown>>
  files: RunOutcome['files']
  wasDrag: () => boolean
}

/** One layer over the picture. A new kind of layer is one more case. */
export function LayerView({ layer: { spec, visible, opacity }, size, data, files, wasDrag }: LayerViewProps) {
  if (!visible) return null
  switch (spec.kind) {
    case 'boxes':
      return <BoxLayer boxes={boxesOf(data, spec.field)} {...{ size, opacity, wasDrag }} />
    case 'pairs':
      return null // lines lead to another picture, and are drawn where both are shown
    case 'overlay':
    case 'replace': {
      const file = files.find(({ name }) => baseName(name) === spec.artefact)?.blob
      return file && <OverlayLayer file={file} over={size} opacity={opacity} glows={spec.kind === 'overlay'} />
    }
    default:
      return null
  }
}
