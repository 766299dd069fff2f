'use client'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { Picture } from './picture'

/** The browser draws it small by itself, when it comes into sight. */
export function Thumbnail({ file, className = '' }: { file: File; className?: string }) {
  const [broken, setBroken] = useState<File>()
  return (
    <span
      className={`grid shrink-0 place-items-center overflow-hidden rounded-md ${broken === file ? 'bg-pressed text-muted' : 'checkered'} ${className}`}
    >
      {broken === file ? (
        <ImageOff size={16} aria-hidden />
      ) : (
        <Picture
          file={file}
          alt=""
          loading="lazy"
          className="size-full object-cover"
          onUnreadable={() => setBroken(file)}
        />
      )}
    </span>
  )
}
