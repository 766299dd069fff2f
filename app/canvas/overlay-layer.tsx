'use client'
import { useState } from 'react'
import type { Size } from '../../core/raster'
import { objectUrl } from '../state/object-url'

interface OverlayLayerProps {
  file: Blob | undefined
  over: Size
  opacity: number
}

/** A result picture over the first input. One that is smaller lies in the middle: a score belongs to a patch's centre. */
export function OverlayLayer({ file, over, opacity }: OverlayLayerProps) {
  const [size, setSize] = useState(over)
  if (!file) return null
  return (
    <img
      src={objectUrl(file)}
      alt=""
      decoding="async"
      draggable={false}
      className="pointer-events-none absolute max-w-none"
      style={{ left: (over.width - size.width) / 2, top: (over.height - size.height) / 2, ...size, opacity }}
      onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
    />
  )
}
