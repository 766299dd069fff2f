'use client'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Sheet } from '../ui/sheet'
import { Overlay } from './overlay'
import { Said } from './said'
import type { LibraryPicture } from './shown-picture'
import { useOverlay } from './use-overlay'

interface EvidenceSheetProps {
  /** The one that is laid on the other. */
  one: LibraryPicture
  other: LibraryPicture
  judged: React.ComponentProps<typeof Said>['judged']
  /** Left out where there is nothing to set aside. */
  onSetAside?: () => void
  onClose: () => void
}

/** Why two pictures are called copies: in words, and one laid on the other. */
export function EvidenceSheet({ one, other, judged, onSetAside, onClose }: EvidenceSheetProps) {
  const { t } = useWords()
  const { overlaid, failed } = useOverlay(one, other)
  return (
    <Sheet open onClose={onClose} title={t('folderEvidence')} side="full">
      <div className="mx-auto flex w-full max-w-5xl flex-col gap-4 p-4">
        <p className="[overflow-wrap:anywhere] font-medium text-sm">
          {t('folderAsidePair', { name: one.name, other: other.name })}
        </p>
        <Said judged={judged} />
        <Overlay one={one} other={other} overlaid={overlaid ?? {}} />
        <p role="status" className="text-muted text-sm empty:hidden">
          {!overlaid && !failed && t('folderEvidenceWait')}
          {overlaid && !overlaid.aligned && t('folderNotAligned')}
          {failed && t('libraryOverlayFailed')}
        </p>
        {onSetAside && (
          <Button className="self-start" onClick={onSetAside}>
            {t('folderSetAside')}
          </Button>
        )}
      </div>
    </Sheet>
  )
}
