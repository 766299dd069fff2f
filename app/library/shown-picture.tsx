'use client'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { type LibraryImage, thumbnailAddress } from '../../workers/library-client'
import { BLURRED, RevealButton } from '../copies/reveal-button'
import { createStore, useSelected } from '../state/store'

export interface LibraryPicture extends Pick<LibraryImage, 'id' | 'name' | 'policy'> {
  /** Of a picture that is not in the library. */
  readonly file?: File
}

/** Flagged pictures that somebody wanted to see, in this visit. */
const revealed = createStore<ReadonlySet<number>>(new Set())

const reveal = (id: number): void => revealed.set(new Set([...revealed.get(), id]))

const isFlagged = ({ policy }: LibraryPicture): boolean => policy === 'review' || policy === 'block'

/** Whether it must not be shown as it is, until somebody presses. */
export function useIsHidden(image: LibraryPicture): boolean {
  const seen = useSelected(revealed, (ids) => ids.has(image.id))
  return isFlagged(image) && !seen
}

interface ShownPictureProps {
  image: LibraryPicture
  /** In place of the small picture. */
  address?: string
  className?: string
}

/** A picture of the library; blurred where the content filter advises so. */
export function ShownPicture({ image, address = thumbnailAddress(image.id), className = '' }: ShownPictureProps) {
  const isHidden = useIsHidden(image)
  const [broken, setBroken] = useState<string>()
  return (
    <span className={`grid min-w-0 bg-pressed place-items-center overflow-hidden rounded-md ${className}`}>
      {broken === address ? (
        <ImageOff size={20} className="text-muted" aria-hidden />
      ) : (
        <img
          src={address}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(address)}
          className={`size-full object-contain ${isHidden ? BLURRED : ''}`}
        />
      )}
    </span>
  )
}

/** Lies over a hidden picture, and shows it. */
export function Reveal({ image }: { image: LibraryPicture }) {
  if (!useIsHidden(image)) return null
  return <RevealButton name={image.name} onReveal={() => reveal(image.id)} />
}
