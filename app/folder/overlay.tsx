'use client'
import { useState } from 'react'
import type { Member } from '../../workers/folder/folder-groups'
import { WipeEdge } from '../canvas/wipe-edge'
import { objectUrl } from '../state/object-url'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Picture } from '../ui/picture'

interface OverlayProps {
  aligned: Blob
  difference: Blob
  /** Whose picture is laid on the other one. */
  laid: Member
  base: Member
}

const nameOf = ({ path }: Member): string => path.slice(path.lastIndexOf('/') + 1)

/** One picture laid on the other: with an edge to wipe between them, or with what differs lit up. */
export function Overlay({ aligned, difference, laid, base }: OverlayProps) {
  const { t } = useWords()
  const [shows, show] = useState<'wipe' | 'difference'>('wipe')
  const [share, move] = useState(0.5)
  const { width, height } = base.picture.print
  const names = { name: nameOf(laid), other: nameOf(base) }
  return (
    <figure className="flex flex-col items-center gap-2">
      <div className="flex gap-1 self-start">
        <Button size="small" aria-pressed={shows === 'wipe'} className={PRESSED} onClick={() => show('wipe')}>
          {t('folderWipe')}
        </Button>
        <Button
          size="small"
          aria-pressed={shows === 'difference'}
          className={PRESSED}
          onClick={() => show('difference')}
        >
          {t('folderDifference')}
        </Button>
      </div>
      <div
        className="checkered relative select-none overflow-hidden rounded-md"
        style={{ aspectRatio: `${width} / ${height}`, width: `min(100%, calc(60dvh * ${width / height}))` }}
      >
        <Picture file={base.file} alt={base.path} className={LAYER} onUnreadable={() => {}} />
        {shows === 'wipe' ? (
          <>
            <img
              src={objectUrl(aligned)}
              alt={laid.path}
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
      <figcaption className="self-start break-all text-muted text-xs">
        {t(shows === 'wipe' ? 'folderWipeHelp' : 'folderDifferenceHelp', names)}
      </figcaption>
    </figure>
  )
}

const LAYER = 'absolute inset-0 size-full'
const PRESSED = 'aria-pressed:border-accent aria-pressed:text-accent-text'
