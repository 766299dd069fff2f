'use client'
import { type ComponentProps, useEffect, useEffectEvent, useState } from 'react'
import { previewOf } from '../run/preview'
import { isCloud } from '../state/intake'
import { objectUrl } from '../state/object-url'

interface PictureProps extends Omit<ComponentProps<'img'>, 'src' | 'alt' | 'onError'> {
  file: Blob
  alt: string
  /** Is called when neither the browser nor a worker can read it. */
  onUnreadable: () => void
}

/** Draws a file of the user's. What the browser cannot draw, as TIFF in most, a worker turns into PNG; point clouds at once. */
export function Picture({ file, alt, onUnreadable, ...rest }: PictureProps) {
  const [preview, setPreview] = useState<{ file: Blob; blob: Blob }>()
  const shown = preview?.file === file ? preview.blob : file
  const onError = () => {
    if (shown !== file || !(file instanceof File)) return onUnreadable()
    previewOf(file).then((blob) => setPreview({ file, blob }), onUnreadable)
  }
  const cloud = file instanceof File && isCloud(file) ? file : null
  const draw = useEffectEvent(onError)
  useEffect(() => {
    if (cloud) draw()
  }, [cloud])
  if (cloud && shown === file) return null
  return <img src={objectUrl(shown)} alt={alt} decoding="async" draggable={false} onError={onError} {...rest} />
}
