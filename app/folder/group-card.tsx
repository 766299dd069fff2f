'use client'
import { memo, useId } from 'react'
import type { FolderGroup, Member } from '../../workers/folder/folder-groups'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Reveal, ShownMember } from './shown-member'

interface GroupCardProps {
  group: FolderGroup
  /** From 1. */
  number: number
  chosen: ReadonlySet<string>
  onToggle: (path: string) => void
  onChooseRest: (group: FolderGroup) => void
  /** Asks for the evidence that a member and the best one are copies. */
  onCompare: (member: Member, best: Member) => void
}

/** Files that show the same picture; the one to keep is marked, with why. */
export const GroupCard = memo(function GroupCard({ group, number, chosen, ...does }: GroupCardProps) {
  const { t } = useWords()
  const heading = useId()
  const { members, best } = group
  return (
    <li className="[contain-intrinsic-size:auto_18rem] [content-visibility:auto]">
      <section
        aria-labelledby={heading}
        className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-4 max-md:p-3"
      >
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 id={heading} className="font-semibold text-sm">
            {t('folderGroup', { number })}{' '}
            <span className="font-normal text-muted">{t('folderPictures', { count: members.length })}</span>
          </h2>
          <Button size="small" aria-label={t('folderChooseGroup', { number })} onClick={() => does.onChooseRest(group)}>
            {t('folderChooseAll')}
          </Button>
        </div>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
          {members.map((member, place) => {
            const other = members[place === best ? Number(best === 0) : best]
            return (
              <Tile
                key={member.path}
                member={member}
                other={other}
                isChosen={chosen.has(member.path)}
                onToggle={() => does.onToggle(member.path)}
                onCompare={() => does.onCompare(member, other)}
              >
                {place === best && <Keep group={group} />}
              </Tile>
            )
          })}
        </ul>
      </section>
    </li>
  )
})

interface TileProps {
  member: Member
  /** What it is compared with: the best one, or for that one the next. */
  other: Member
  isChosen: boolean
  onToggle: () => void
  onCompare: () => void
  children: React.ReactNode
}

function Tile({ member, other, isChosen, onToggle, onCompare, children }: TileProps) {
  const { t, format } = useWords()
  const { path, file, picture } = member
  const { width, height } = picture.print
  return (
    <li
      className={`flex min-w-0 flex-col gap-1.5 rounded-lg border p-1.5 ${isChosen ? 'border-wrong bg-wrong-soft' : 'border-line bg-floor'}`}
    >
      <div className="relative grid">
        <button
          type="button"
          onClick={onCompare}
          aria-label={t('folderCompare', { name: path, other: other.path })}
          className="rounded-md"
        >
          <ShownMember member={member} className={`aspect-4/3 w-full ${isChosen ? 'opacity-60' : ''}`} />
        </button>
        <Reveal member={member} />
      </div>
      <label className="flex cursor-pointer items-start gap-2 px-1 max-md:min-h-11 max-md:items-center">
        <input
          type="checkbox"
          checked={isChosen}
          onChange={onToggle}
          aria-label={t('folderChoosePicture', { name: path })}
          className="mt-0.5 size-4 shrink-0 accent-(--accent)"
        />
        <span className="line-clamp-2 min-w-0 [overflow-wrap:anywhere] text-xs" title={path}>
          {path}
        </span>
      </label>
      <p className="px-1 text-muted text-xs tabular-nums">
        {width} × {height} · {format.bytes(file.size)}
      </p>
      {children}
    </li>
  )
}

function Keep({ group: { reasons } }: { group: FolderGroup }) {
  const { t, locale } = useWords()
  const list = new Intl.ListFormat(locale, { type: 'conjunction', style: 'narrow' })
  const said =
    reasons.length > 0 ? list.format(reasons.map((reason) => t(`folderReason_${reason}`))) : t('folderReasonNone')
  return (
    <p className="rounded-md bg-accent-soft px-1.5 py-1 text-accent-text text-xs">
      <strong className="font-semibold">{t('folderBest')}</strong>
      <span className="block">{said}</span>
    </p>
  )
}
