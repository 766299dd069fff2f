'use client'
import { CircleAlert, LoaderCircle, TriangleAlert, Users } from 'lucide-react'
import type { LibraryImage } from '../../workers/library-client'
import { useWords } from '../text/words'
import { Reveal, ShownPicture } from './shown-picture'

interface PictureTileProps {
  image: LibraryImage
  isChosen: boolean
  onToggle: () => void
  onOpen: () => void
  /** What pressing the picture does, where that is not opening it. */
  openLabel?: string
  children?: React.ReactNode
}

/** A picture with how it stands, and the box to choose it. */
export function PictureTile({ image, isChosen, onToggle, onOpen, openLabel, children }: PictureTileProps) {
  const { t, format } = useWords()
  const { name, width, height, bytes } = image
  return (
    <li
      className={`flex min-w-0 flex-col gap-1.5 rounded-lg border p-1.5 [contain-intrinsic-size:auto_12rem] [content-visibility:auto] ${isChosen ? 'border-accent bg-accent-soft' : 'border-line bg-surface'}`}
    >
      <div className="relative">
        <button
          type="button"
          onClick={onOpen}
          aria-label={openLabel ?? t('libraryOpen', { name })}
          className="block w-full rounded-md"
        >
          {image.error ? (
            <span className="grid aspect-4/3 place-items-center rounded-md bg-pressed text-muted">
              <TriangleAlert size={22} aria-hidden />
            </span>
          ) : (
            <ShownPicture image={image} className="aspect-4/3 w-full" />
          )}
        </button>
        <Reveal image={image} />
      </div>
      <label className="flex cursor-pointer items-start gap-2 px-1 max-md:min-h-11 max-md:items-center">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={onToggle}
          aria-label={t('libraryChoose', { name })}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        <span className="line-clamp-2 min-w-0 [overflow-wrap:anywhere] text-xs" title={name}>
          {name}
        </span>
      </label>
      <p className="flex flex-wrap items-center gap-x-2 px-1 text-muted text-xs tabular-nums">
        <State image={image} />
        {width !== null && height !== null && (
          <span>
            {width} × {height} · {format.bytes(bytes)}
          </span>
        )}
      </p>
      {children}
    </li>
  )
}

function State({ image: { status, error, people } }: { image: LibraryImage }) {
  const { t, format } = useWords()
  if (error !== null) {
    return (
      <span className="flex items-center gap-1 text-wrong">
        <CircleAlert size={12} aria-hidden />
        {t('libraryStatus_unreadable')}
      </span>
    )
  }
  if (status !== 'PROCESSED') {
    return (
      <span className="flex items-center gap-1">
        {status === 'PROCESSING' && (
          <LoaderCircle size={12} className="animate-spin motion-reduce:animate-none" aria-hidden />
        )}
        {t(`libraryStatus_${status}`)}
      </span>
    )
  }
  if (!people) return null
  return (
    <span className="flex items-center gap-1" title={t('libraryPeople')}>
      <Users size={12} aria-hidden />
      <span className="sr-only">{t('libraryPeople')}</span>
      {format.number(people, 0)}
    </span>
  )
}
