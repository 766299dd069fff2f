'use client'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { objectUrl } from '../state/object-url'

/** The browser draws it small by itself, when it comes into sight. */
export function Thumbnail({ file, className = '' }: { file: Blob; className?: string }) {
  const [broken, setBroken] = useState<Blob>()
  return (
    <span
      className={`grid shrink-0 place-items-center overflow-hidden rounded-md ${broken === file ? 'bg-pressed text-muted' : 'checkered'} ${className}`}
    >
      {broken === file ? (
        <ImageOff size={16} aria-hidden />
      ) : (
        <img
          src={objectUrl(file)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          className="size-full object-cover"
          onError={() => setBroken(file)}
        />
      )}
    </span>
  )
}
