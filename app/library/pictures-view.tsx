'use client'
import { useCallback, useState } from 'react'
import { type LibraryImage, libraryClient, type Wanted } from '../../workers/library-client'
import { pickFiles } from '../shell/pick-files'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { useLoaded } from '../webhooks/use-loaded'
import { Empty, Failed, Loading } from './failed'
import { Filters } from './filters'
import { Pager } from './pager'
import { PictureSheet } from './picture-sheet'
import { PictureTile } from './picture-tile'
import type { LibraryState } from './use-library'

const LIMIT = 48

/** All pictures, or those that a filter lets through. */
export function PicturesView({ library }: { library: LibraryState }) {
  const { t } = useWords()
  const [wanted, setWanted] = useState<Wanted>({})
  const [offset, setOffset] = useState(0)
  const [opened, open] = useState<LibraryImage>()
  const { version } = library
  const load = useCallback(
    (signal: AbortSignal) => {
      void version // read again with each
      return libraryClient.page(wanted, { offset, limit: LIMIT }, signal)
    },
    [wanted, offset, version],
  )
  const { value, failed, reload } = useLoaded(load)
  const filter = (next: Wanted) => {
    setWanted(next)
    setOffset(0)
  }
  const images = value?.images.filter(({ id }) => !library.removals.ids.has(id))
  const isFiltered = Object.values(wanted).some((one) => one !== undefined)
  return (
    <>
      {(isFiltered || (value && value.total > 0)) && (
        <Filters wanted={wanted} labels={library.summary.value?.labels ?? []} onWanted={filter} />
      )}
      {failed && <Failed failure={failed} onRetry={reload} />}
      {!value && !failed && <Loading />}
      {value?.total === 0 &&
        (isFiltered ? (
          <Empty title={t('libraryNoMatch')}>
            <Button onClick={() => filter({})}>{t('libraryNoFilter')}</Button>
          </Empty>
        ) : (
          <Empty title={t('libraryEmpty')} help={t('libraryEmptyHelp')}>
            <Button onClick={() => pickFiles('folder', 'raster', true, library.uploads.add)}>
              {t('chooseFolder')}
            </Button>
          </Empty>
        ))}
      {images && images.length > 0 && (
        <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
          {images.map((image) => (
            <PictureTile
              key={image.id}
              image={image}
              isChosen={library.chosen.has(image.id)}
              onToggle={() => library.toggle(image.id)}
              onOpen={() => open(image)}
            />
          ))}
        </ul>
      )}
      {value && <Pager offset={offset} limit={LIMIT} total={value.total} onOffset={setOffset} />}
      {opened && <PictureSheet image={opened} library={library} onClose={() => open(undefined)} />}
    </>
  )
}
