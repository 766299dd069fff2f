'use client'
import { useState } from 'react'
import type { Size } from '../../core/raster'
import { objectUrl } from '../state/object-url'

interface OverlayLayerProps {
  file: Blob
  over: Size
  opacity: number
}

const DIMMED = 0.7 // of the picture's light, under a full overlay

/** A result picture that glows over the dimmed first input: what is dark in it stays clear. One that is smaller lies in the middle: a score belongs to a patch's centre. */
export function OverlayLayer({ file, over, opacity }: OverlayLayerProps) {
  const [size, setSize] = useState(over)
  return (
    <>
      <div className="pointer-events-none absolute inset-0 bg-[black]" style={{ opacity: opacity * DIMMED }} />
      <img
        src={objectUrl(file)}
        alt=""
        decoding="async"
        draggable={false}
        className="pointer-events-none absolute max-w-none mix-blend-screen"
        style={{ left: (over.width - size.width) / 2, top: (over.height - size.height) / 2, ...size, opacity }}
        onLoad={({ currentTarget: { naturalWidth: width, naturalHeight: height } }) => setSize({ width, height })}
      />
    </>
  )
}
