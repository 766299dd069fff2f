'use client'
import { Box, ImageOff } from 'lucide-react'
import { useState } from 'react'
import { isCloud } from '../state/intake'
import { Picture } from './picture'

/** The browser draws it small by itself, when it comes into sight. */
export function Thumbnail({ file, className = '' }: { file: File; className?: string }) {
  const [broken, setBroken] = useState<File>()
  const Broken = isCloud(file) ? Box : ImageOff
  return (
    <span
      className={`grid shrink-0 place-items-center overflow-hidden rounded-md ${broken === file ? 'bg-pressed text-muted' : 'checkered'} ${className}`}
    >
      {broken === file ? (
        <Broken size={16} aria-hidden />
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
