'use client'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { objectUrl } from '../state/object-url'

/** The browser draws it small by itself, when it comes into sight. */
export function Thumbnail({ file, className = '' }: { file: Blob; className?: string }) {
  const [broken, setBroken] = useState<Blob>()
  return (
    <span className={`checkered grid shrink-0 place-items-center overflow-hidden rounded-md ${className}`}>
      {broken === file ? (
        <ImageOff size={16} className="text-base" aria-hidden />
      ) : (
        // biome-ignore lint/performance/noImgElement: the file is the user's own and is on no server
        <img
          src={objectUrl(file)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          className="size-full object-contain"
          onError={() => setBroken(file)}
        />
      )}
    </span>
  )
}
