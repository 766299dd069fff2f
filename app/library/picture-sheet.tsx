'use client'
import { useCallback } from 'react'
import { fileAddress, type LibraryImage, type LinkedPicture, libraryClient } from '../../workers/library-client'
import { Problem } from '../panel/problem'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Sheet } from '../ui/sheet'
import { useLoaded } from '../webhooks/use-loaded'
import { When } from '../webhooks/when'
import { Fact, VerdictLine } from './said'
import { Reveal, ShownPicture } from './shown-picture'
import type { LibraryState } from './use-library'
import { useSetAside } from './use-set-aside'

interface PictureSheetProps {
  image: LibraryImage
  library: LibraryState
  onClose: () => void
}

/** All that is known of one picture. */
export function PictureSheet({ image, library, onClose }: PictureSheetProps) {
  const { t, format } = useWords()
  const { id, name, width, height, bytes, error, status } = image
  return (
    <Sheet open onClose={onClose} title={name} side="wide">
      <div className="flex flex-col gap-4 p-4">
        {error === null ? (
          <div className="relative">
            <ShownPicture image={image} address={fileAddress(id)} className="h-[min(45dvh,26rem)]" />
            <Reveal image={image} />
          </div>
        ) : (
          <Problem text={error} />
        )}
        <dl className="grid grid-cols-2 gap-x-6 gap-y-3 text-sm">
          <Fact title={t('libraryStatus')}>
            {t(error === null ? `libraryStatus_${status}` : 'libraryStatus_unreadable')}
          </Fact>
          <Fact title={t('librarySize')}>
            {width !== null && height !== null && `${width} × ${height} · `}
            {format.bytes(bytes)}
          </Fact>
          <Fact title={t('libraryAdded')}>
            <When text="libraryMoment" time={image.created_at} />
          </Fact>
          <Labels image={image} />
        </dl>
        {status === 'PROCESSED' && error === null && image.policy === null && (
          <p className="text-muted text-sm">{t('libraryNoLabels')}</p>
        )}
        {status === 'PROCESSED' && error === null && <Copies id={id} library={library} />}
      </div>
    </Sheet>
  )
}

function Labels({ image: { people, objects, content, policy } }: { image: LibraryImage }) {
  const { t, format } = useWords()
  if (objects === null || policy === null) return null
  const counts = new Map<string, number>()
  for (const { name } of objects) counts.set(name, (counts.get(name) ?? 0) + 1)
  const seen = [...counts].map(([name, count]) => (count > 1 ? `${name} × ${format.number(count, 0)}` : name))
  const shares = (content ?? []).map(({ name, score }) => `${name} ${format.percent(score)}`)
  return (
    <>
      <Fact title={t('libraryPeople')}>{format.number(people ?? 0, 0)}</Fact>
      <Fact title={t('libraryObjects')}>{seen.join(', ') || t('libraryNothingSeen')}</Fact>
      <Fact title={t('libraryContent')}>
        {t(`libraryPolicy_${policy}`)}
        <span className="block text-muted text-xs">{shares.join(', ')}</span>
      </Fact>
    </>
  )
}

function Copies({ id, library }: { id: number; library: LibraryState }) {
  const { t } = useWords()
  const { version } = library
  const setAside = useSetAside(library.changed)
  const load = useCallback(
    (signal: AbortSignal) => {
      void version // read again with each
      return libraryClient.links(id, signal)
    },
    [id, version],
  )
  const { value } = useLoaded(load)
  return (
    <section aria-label={t('libraryCopies')} className="flex flex-col gap-2">
      <h3 className="font-semibold text-sm">{t('libraryCopies')}</h3>
      {value?.length === 0 && <p className="text-muted text-sm">{t('libraryNoCopies')}</p>}
      <ul className="flex flex-col gap-2 empty:hidden">
        {value?.map((link) => (
          <Copy key={link.id} link={link} onAside={(isAside) => setAside(id, link.id, isAside)} />
        ))}
      </ul>
    </section>
  )
}

function Copy({ link, onAside }: { link: LinkedPicture; onAside: (isAside: boolean) => void }) {
  const { t } = useWords()
  return (
    <li className="flex flex-wrap items-center gap-3 rounded-lg border border-line p-2">
      <span className="relative">
        <ShownPicture image={link} className="size-16" />
        <Reveal image={link} />
      </span>
      <div className="min-w-0 grow basis-40">
        <p className="[overflow-wrap:anywhere] px-1 text-sm">
          {link.name} {link.ignored && <span className="text-muted">({t('libraryIsAside')})</span>}
        </p>
        <VerdictLine judged={link} />
      </div>
      <Button size="small" onClick={() => onAside(!link.ignored)}>
        {t(link.ignored ? 'libraryTakeBack' : 'folderSetAside')}
      </Button>
    </li>
  )
}
