'use client'
import type { Member } from '../../workers/folder/folder-groups'
import { BLURRED_THUMBNAIL, RevealButton } from '../copies/reveal-button'
import { Thumbnail } from '../ui/thumbnail'
import { reveal, useIsHidden } from './content-filter'

interface ShownMemberProps {
  member: Member
  className?: string
}

/** A picture of the folder; blurred where the content filter does not let it pass. */
export function ShownMember({ member: { file, picture }, className = '' }: ShownMemberProps) {
  const isHidden = useIsHidden(picture)
  return <Thumbnail file={file} className={`${isHidden ? BLURRED_THUMBNAIL : ''} ${className}`} />
}

/** Lies over a hidden picture, and shows it. */
export function Reveal({ member: { path, picture } }: { member: Member }) {
  if (!useIsHidden(picture)) return null
  return <RevealButton name={path} onReveal={() => reveal(picture)} />
}
