'use client'
import { useId, useState } from 'react'
import type { CopyGroup, LibraryImage } from '../../workers/library-client'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { EvidenceSheet } from './evidence-sheet'
import { bestOf, restOf } from './keep'
import { PictureTile } from './picture-tile'
import { VerdictLine } from './said'
import type { LibraryState } from './use-library'
import { useSetAside } from './use-set-aside'

interface GroupCardProps {
  group: CopyGroup
  /** From 1. */
  number: number
  library: LibraryState
}

/** Pictures that hang together; the one to keep is marked, with why. */
export function GroupCard({ group, number, library }: GroupCardProps) {
  const { t } = useWords()
  const heading = useId()
  const [compared, compare] = useState<Link>()
  const setAside = useSetAside(library.changed)
  const { best } = bestOf(group)
  const hidden = group.count - group.images.length
  return (
    <li>
      <section
        aria-labelledby={heading}
        className="flex flex-col gap-3 rounded-xl border border-line bg-surface p-4 max-md:p-3"
      >
        <div className="flex flex-wrap items-center justify-between gap-2">
          <h2 id={heading} className="font-semibold text-sm">
            {t('libraryGroup', { number })}{' '}
            <span className="font-normal text-muted">{t('libraryCount', { count: group.count })}</span>
          </h2>
          <Button
            size="small"
            aria-label={t('libraryChooseRest', { number })}
            onClick={() => library.choose(new Set([...library.chosen, ...restOf(group)]))}
          >
            {t('libraryChooseAllRest')}
          </Button>
        </div>
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
          {group.images.map((image, place) => {
            const link = linkOf(group, image, group.images[best])
            return (
              <PictureTile
                key={image.id}
                image={image}
                isChosen={library.chosen.has(image.id)}
                onToggle={() => library.toggle(image.id)}
                onOpen={() => compare(link)}
                openLabel={link && t('libraryCompare', { name: link.one.name, other: link.other.name })}
              >
                {place === best ? <Keep group={group} /> : link && <VerdictLine judged={link.judged} />}
              </PictureTile>
            )
          })}
        </ul>
        {hidden > 0 && <p className="text-muted text-xs">{t('libraryMoreInGroup', { count: hidden })}</p>}
      </section>
      {compared && (
        <EvidenceSheet
          {...compared}
          onSetAside={() => {
            compare(undefined)
            void setAside(compared.one.id, compared.other.id, true)
          }}
          onClose={() => compare(undefined)}
        />
      )}
    </li>
  )
}

interface Link {
  one: LibraryImage
  other: LibraryImage
  judged: CopyGroup['links'][number]
}

/** With the picture to keep where there is such a link, else the likeliest. */
function linkOf({ images, links }: CopyGroup, image: LibraryImage, best: LibraryImage): Link | undefined {
  const own = links.filter(({ a, b }) => a === image.id || b === image.id)
  const judged = own.find(({ a, b }) => a === best.id || b === best.id) ?? own[0]
  const other = judged && images.find(({ id }) => id !== image.id && (id === judged.a || id === judged.b))
  return other && { one: image, other, judged }
}

function Keep({ group }: { group: CopyGroup }) {
  const { t, locale } = useWords()
  const { reasons } = bestOf(group)
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
