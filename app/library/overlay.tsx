'use client'
import { useState } from 'react'
import { fileAddress } from '../../workers/library-client'
import { WipeEdge } from '../canvas/wipe-edge'
import { objectUrl } from '../state/object-url'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { type LibraryPicture, Reveal, ShownPicture, useIsHidden } from './shown-picture'
import type { Overlaid } from './use-overlay'

interface OverlayProps {
  one: LibraryPicture
  other: LibraryPicture
  overlaid: Overlaid
}

const addressOf = ({ id, file }: LibraryPicture): string => (file ? objectUrl(file) : fileAddress(id))

/** One picture laid on the other, once that is known; until then, and where one is hidden, the two side by side. */
export function Overlay({ one, other, overlaid: { aligned, difference } }: OverlayProps) {
  const [isOneHidden, isOtherHidden] = [useIsHidden(one), useIsHidden(other)]
  if (aligned && difference && !isOneHidden && !isOtherHidden) {
    return <Laid one={one} other={other} aligned={aligned} difference={difference} />
  }
  return (
    <div className="grid grid-cols-2 gap-3">
      {[one, other].map((picture) => (
        <div key={picture.id} className="relative">
          <ShownPicture image={picture} address={addressOf(picture)} className="h-[min(50dvh,30rem)]" />
          <Reveal image={picture} />
        </div>
      ))}
    </div>
  )
}

interface LaidProps extends Omit<OverlayProps, 'overlaid'> {
  aligned: Blob
  difference: Blob
}

function Laid({ one, other, aligned, difference }: LaidProps) {
  const { t } = useWords()
  const [shows, show] = useState<'wipe' | 'difference'>('wipe')
  const [share, move] = useState(0.5)
  const names = { name: one.name, other: other.name }
  return (
    <figure className="flex flex-col items-center gap-2">
      <div className="flex gap-1 self-start">
        {(['wipe', 'difference'] as const).map((way) => (
          <Button
            key={way}
            size="small"
            aria-pressed={shows === way}
            className="aria-pressed:border-accent aria-pressed:text-accent-text"
            onClick={() => show(way)}
          >
            {t(way === 'wipe' ? 'folderWipe' : 'folderDifference')}
          </Button>
        ))}
      </div>
      <div className="checkered relative max-w-full select-none overflow-hidden rounded-md">
        <img src={addressOf(other)} alt={other.name} draggable={false} className="block max-h-[60dvh] max-w-full" />
        {shows === 'wipe' ? (
          <>
            <img
              src={objectUrl(aligned)}
              alt={one.name}
              draggable={false}
              className={LAYER}
              style={{ clipPath: `inset(0 ${(1 - share) * 100}% 0 0)` }}
            />
            <WipeEdge share={share} onMove={move} before={one.name} after={other.name} />
          </>
        ) : (
          <img src={objectUrl(difference)} alt={t('folderDifference')} draggable={false} className={LAYER} />
        )}
      </div>
      <figcaption className="self-start break-all text-muted text-xs">
        {t(shows === 'wipe' ? 'folderWipeHelp' : 'folderDifferenceHelp', names)}
      </figcaption>
    </figure>
  )
}

const LAYER = 'absolute inset-0 size-full'
