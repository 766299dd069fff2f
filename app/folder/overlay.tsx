'use client'
import type { Member } from '../../workers/folder/folder-groups'
import type { Evidence } from '../../workers/folder/tools'
import { LAYER, Laid } from '../copies/laid'
import { Picture } from '../ui/picture'
import { useIsHidden } from './content-filter'
import { Reveal, ShownMember } from './shown-member'

interface OverlayProps {
  evidence: Pick<Evidence, 'aligned' | 'difference'>
  /** Whose picture is laid on the other one. */
  laid: Member
  base: Member
}

const nameOf = ({ path }: Member): string => path.slice(path.lastIndexOf('/') + 1)

/** One picture laid on the other, once that is known; until then, and where one is hidden, the two side by side. */
export function Overlay({ evidence: { aligned, difference }, laid, base }: OverlayProps) {
  const [isLaidHidden, isBaseHidden] = [useIsHidden(laid.picture), useIsHidden(base.picture)]
  if (!aligned || !difference || isLaidHidden || isBaseHidden) return <SideBySide members={[laid, base]} />
  const { width, height } = base.picture.print
  const frame = { aspectRatio: `${width} / ${height}`, width: `min(100%, calc(60dvh * ${width / height}))` }
  return (
    <Laid {...{ aligned, difference, frame }} names={{ name: nameOf(laid), other: nameOf(base) }}>
      <Picture file={base.file} alt={base.path} className={LAYER} onUnreadable={() => {}} />
    </Laid>
  )
}

const SideBySide = ({ members }: { members: readonly Member[] }) => (
  <div className="grid grid-cols-2 gap-3">
    {members.map((member) => (
      <div key={member.path} className="relative">
        <ShownMember member={member} className="h-[min(50dvh,30rem)] w-full [&>img]:object-contain" />
        <Reveal member={member} />
      </div>
    ))}
  </div>
)
