'use client'
import { fileAddress } from '../../workers/library-client'
import { Laid } from '../copies/laid'
import { objectUrl } from '../state/object-url'
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
    return (
      <Laid {...{ aligned, difference }} names={{ name: one.name, other: other.name }}>
        <img src={addressOf(other)} alt={other.name} draggable={false} className="block max-h-[60dvh] max-w-full" />
      </Laid>
    )
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
