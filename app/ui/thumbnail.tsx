'use client'
import { Box, ImageOff } from 'lucide-react'
import { useState } from 'react'
import { isCloud } from '../state/intake'
import { Picture } from './picture'

/** The browser draws it small by itself, when it comes into sight. */
export function Thumbnail({ file, className = '' }: { file: File; className?: string }) {
  const [broken, setBroken] = useState<File>()
  const cloud = isCloud(file)
  return (
    <span
      className={`grid shrink-0 place-items-center overflow-hidden rounded-md ${cloud || broken === file ? 'bg-pressed text-muted' : 'checkered'} ${className}`}
    >
      {cloud ? (
        <Box size={18} aria-hidden />
      ) : broken === file ? (
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
