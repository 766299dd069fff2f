'use client'
import { objectUrl } from '../state/object-url'

interface ReplaceLayerProps {
  file: Blob
  opacity: number
  /** How much of the first input is left, from the left: 0..1. */
  share: number
}

/** A result picture in place of the first input, right of the edge that compares them; stretched where its size differs. */
export function ReplaceLayer({ file, opacity, share }: ReplaceLayerProps) {
  return (
    <img
      src={objectUrl(file)}
      alt=""
      decoding="async"
      draggable={false}
      className="pointer-events-none absolute inset-0 size-full max-w-none"
      style={{ opacity, clipPath: `inset(0 0 0 ${share * 100}%)` }}
    />
  )
}
