'use client'
import { memo, useState } from 'react'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Thumbnail } from '../ui/thumbnail'
import type { Entry } from './entries'

interface GroupListProps {
  entries: readonly Entry[]
  groups: readonly (readonly number[])[]
  alone: readonly number[]
  onChoose: (member: number) => void
}

/** What belongs together, as pictures; a press shows one in the matrix. */
export const GroupList = memo(function GroupList({ entries, groups, alone, onChoose }: GroupListProps) {
  const { t } = useWords()
  return (
    <ol className="flex flex-col gap-3">
      {groups.map((members, index) => (
        <Group key={members[0]} title={t('vectorsGroup', { number: index + 1 })} {...{ entries, members, onChoose }} />
      ))}
      {alone.length > 0 && <Group title={t('vectorsAlone')} members={alone} {...{ entries, onChoose }} />}
    </ol>
  )
})

interface GroupProps extends Pick<GroupListProps, 'entries' | 'onChoose'> {
  title: string
  members: readonly number[]
}

const SHOWN = 36 // of a larger group, until all are asked for

function Group({ title, members, entries, onChoose }: GroupProps) {
  const { t } = useWords()
  const [all, showAll] = useState(false)
  const shown = all ? members : members.slice(0, SHOWN)
  return (
    <li className="flex flex-col gap-1.5 [contain-intrinsic-size:auto_5rem] [content-visibility:auto]">
      <p className="flex justify-between gap-3 text-xs tabular-nums">
        <span className="font-medium">{title}</span>
        <span className="text-muted">{t('vectorsGroupSize', { count: members.length })}</span>
      </p>
      <div className="flex flex-wrap gap-1">
        {shown.map((member) => {
          const { id, file, name } = entries[member]
          return (
            <button
              key={id}
              type="button"
              title={name}
              aria-label={t('vectorsShow', { name })}
              onClick={() => onChoose(member)}
              className="rounded-md"
            >
              {file ? (
                <Thumbnail file={file} className="size-10 max-md:size-11" />
              ) : (
                <span className="grid size-10 place-items-center overflow-hidden rounded-md bg-pressed text-[0.625rem] text-muted max-md:size-11">
                  {name.slice(0, 5)}
                </span>
              )}
            </button>
          )
        })}
        {members.length > shown.length && (
          <Button size="small" look="quiet" className="h-10" onClick={() => showAll(true)}>
            {t('vectorsShowAll', { count: members.length })}
          </Button>
        )}
      </div>
    </li>
  )
}
