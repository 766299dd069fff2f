'use client'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { pickFiles } from '../shell/pick-files'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { AsideView } from './aside-view'
import { ChosenBar } from './chosen-bar'
import { GroupsView } from './groups-view'
import { PicturesView } from './pictures-view'
import { SearchView } from './search-view'
import { UploadBar } from './upload-bar'
import { useGivenFiles } from './use-given-files'
import { useLibrary } from './use-library'
import { VIEWS, type View, ViewTabs } from './view-tabs'

const viewOf = (hash: string): View => VIEWS.find((view) => `#${view}` === hash) ?? 'pictures'

export function Library() {
  const { t } = useWords()
  const library = useLibrary()
  const [view, setView] = useState<View>(() => viewOf(location.hash))
  const [wanted, search] = useState<File>()
  const show = (next: View) => {
    setView(next)
    history.replaceState(null, '', `#${next}`)
  }
  const take = (files: File[]) => {
    if (view === 'search') search(files[0])
    else library.uploads.add(files)
  }
  const isOver = useGivenFiles(take)
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <ViewTabs view={view} summary={library.summary.value} onView={show} />
        <Button
          look="accent"
          className="max-md:grow"
          onClick={() => pickFiles('files', 'raster', true, library.uploads.add)}
        >
          <Plus size={15} aria-hidden />
          {t('libraryAdd')}
        </Button>
      </div>
      <UploadBar uploads={library.uploads} />
      <Work count={library.waiting} />
      {view === 'pictures' && <PicturesView library={library} />}
      {view === 'groups' && <GroupsView library={library} />}
      {view === 'search' && <SearchView library={library} file={wanted} onFile={search} />}
      {view === 'aside' && <AsideView library={library} />}
      <ChosenBar library={library} />
      {isOver && (
        <div className="pointer-events-none fixed inset-2 z-50 grid animate-appear place-items-center rounded-xl border-2 border-accent border-dashed bg-shade">
          <p className="rounded-lg bg-raised px-5 py-3 font-semibold text-base shadow-lift">
            {t(view === 'search' ? 'libraryDropSearch' : 'libraryDrop')}
          </p>
        </div>
      )}
    </>
  )
}

function Work({ count }: { count: number }) {
  const { t } = useWords()
  if (count === 0) return null
  return (
    <p className="flex items-center gap-2 text-muted text-sm">
      <span className="size-2 animate-pulse rounded-full bg-accent motion-reduce:animate-none" aria-hidden />
      {t('libraryWork', { count })}
    </p>
  )
}
