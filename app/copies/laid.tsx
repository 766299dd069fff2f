'use client'
import { useState } from 'react'
import { WipeEdge } from '../canvas/wipe-edge'
import { objectUrl } from '../state/object-url'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

const WAYS = ['wipe', 'difference'] as const

interface LaidProps {
  /** The one picture as it lies on the other, transparent elsewhere. */
  aligned: Blob
  difference: Blob
  names: { readonly name: string; readonly other: string }
  /** What the other one is drawn in. */
  frame?: React.CSSProperties
  /** The other picture. */
  children: React.ReactNode
}

/** One picture laid on another: with an edge to wipe between them, or with what differs lit up. */
export function Laid({ aligned, difference, names, frame, children }: LaidProps) {
  const { t } = useWords()
  const [shows, show] = useState<(typeof WAYS)[number]>('wipe')
  const [share, move] = useState(0.5)
  return (
    <figure className="flex flex-col items-center gap-2">
      <div className="flex gap-1 self-start">
        {WAYS.map((way) => (
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
      <div className="checkered relative max-w-full select-none overflow-hidden rounded-md" style={frame}>
        {children}
        {shows === 'wipe' ? (
          <>
            <img
              src={objectUrl(aligned)}
              alt={names.name}
              draggable={false}
              className={LAYER}
              style={{ clipPath: `inset(0 ${(1 - share) * 100}% 0 0)` }}
            />
            <WipeEdge share={share} onMove={move} before={names.name} after={names.other} />
          </>
        ) : (
          <img src={objectUrl(difference)} alt={t('folderDifference')} draggable={false} className={LAYER} />
        )}
      </div>
      <figcaption className="self-start [overflow-wrap:anywhere] text-muted text-xs">
        {t(shows === 'wipe' ? 'folderWipeHelp' : 'folderDifferenceHelp', names)}
      </figcaption>
    </figure>
  )
}

/** Fills the frame. */
export const LAYER = 'absolute inset-0 size-full'
