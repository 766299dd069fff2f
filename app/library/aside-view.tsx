'use client'
import { useCallback, useState } from 'react'
import { libraryClient } from '../../workers/library-client'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { useLoaded } from '../webhooks/use-loaded'
import { Empty, Failed, Loading } from './failed'
import { Pager } from './pager'
import { VerdictLine } from './said'
import { Reveal, ShownPicture } from './shown-picture'
import type { LibraryState } from './use-library'
import { useSetAside } from './use-set-aside'

const LIMIT = 20

/** Pairs that somebody called no copies, and the way back. */
export function AsideView({ library }: { library: LibraryState }) {
  const { t } = useWords()
  const [offset, setOffset] = useState(0)
  const setAside = useSetAside(library.changed)
  const { version } = library
  const load = useCallback(
    (signal: AbortSignal) => {
      void version // read again with each
      return libraryClient.setAside({ offset, limit: LIMIT }, signal)
    },
    [offset, version],
  )
  const { value, failed, reload } = useLoaded(load)
  return (
    <>
      {failed && <Failed failure={failed} onRetry={reload} />}
      {!value && !failed && <Loading />}
      {value?.total === 0 && <Empty title={t('libraryNoAside')} help={t('libraryNoAsideHelp')} />}
      <ul className="flex flex-col gap-3 empty:hidden">
        {value?.pairs.map((pair) => {
          const { a, b, images } = pair
          const [name, other] = images.map((image) => image.name)
          return (
            <li
              key={`${a} ${b}`}
              className="flex flex-wrap items-center gap-3 rounded-xl border border-line bg-surface p-3"
            >
              {images.map((image) => (
                <span key={image.id} className="relative">
                  <ShownPicture image={image} className="size-24" />
                  <Reveal image={image} />
                </span>
              ))}
              <div className="min-w-0 grow basis-48">
                <p className="[overflow-wrap:anywhere] px-1 text-sm">{t('folderAsidePair', { name, other })}</p>
                <VerdictLine judged={pair} />
              </div>
              <Button aria-label={t('libraryTakeBackOf', { name, other })} onClick={() => setAside(a, b, false)}>
                {t('libraryTakeBack')}
              </Button>
            </li>
          )
        })}
      </ul>
      {value && <Pager offset={offset} limit={LIMIT} total={value.total} onOffset={setOffset} />}
    </>
  )
}
