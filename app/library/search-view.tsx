'use client'
import { Search } from 'lucide-react'
import { useEffect, useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import { type FoundPicture, libraryClient } from '../../workers/library-client'
import { pickFiles } from '../shell/pick-files'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { Thumbnail } from '../ui/thumbnail'
import { EvidenceSheet } from './evidence-sheet'
import { Empty, Failed } from './failed'
import { VerdictLine } from './said'
import { type LibraryPicture, Reveal, ShownPicture } from './shown-picture'
import type { LibraryState } from './use-library'

interface SearchViewProps {
  library: LibraryState
  file: File | undefined
  onFile: (file: File) => void
}

/** Copies of a picture that is not in the library, and does not get there. */
export function SearchView({ library, file, onFile }: SearchViewProps) {
  const { t } = useWords()
  const { found, failed } = useSearch(file)
  const [compared, compare] = useState<FoundPicture>()
  const [query, setQuery] = useState<LibraryPicture>()
  if (file && query?.file !== file) setQuery({ id: 0, name: file.name, policy: null, file })
  const matches = found?.filter(({ id }) => !library.removals.ids.has(id))
  const choose = (
    <Button onClick={() => pickFiles('files', 'raster', false, ([picked]) => picked && onFile(picked))}>
      <Search size={14} aria-hidden />
      {t('librarySearchChoose')}
    </Button>
  )
  if (!file) {
    return (
      <Empty title={t('libraryView_search')} help={t('librarySearchHelp')}>
        {choose}
      </Empty>
    )
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-4 rounded-xl border border-line bg-surface p-4">
        <Thumbnail file={file} className="size-24" />
        <div className="flex min-w-0 grow flex-col gap-1">
          <p className="[overflow-wrap:anywhere] font-medium text-sm">{file.name}</p>
          <p role="status" className="text-muted text-sm">
            {!matches && !failed && t('librarySearching')}
            {matches &&
              (matches.length > 0 ? t('librarySearchFound', { count: matches.length }) : t('librarySearchNone'))}
          </p>
        </div>
        {choose}
      </div>
      {failed && <Failed failure={failed} />}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3 empty:hidden">
        {matches?.map((match) => (
          <li key={match.id} className="flex min-w-0 flex-col gap-1.5 rounded-lg border border-line bg-surface p-1.5">
            <div className="relative">
              <button
                type="button"
                onClick={() => compare(match)}
                aria-label={t('libraryEvidenceOf', { name: match.name })}
                className="block w-full rounded-md"
              >
                <ShownPicture image={match} className="aspect-4/3 w-full" />
              </button>
              <Reveal image={match} />
            </div>
            <p className="line-clamp-2 [overflow-wrap:anywhere] px-1 text-xs" title={match.name}>
              {match.name}
            </p>
            <VerdictLine judged={match} />
          </li>
        ))}
      </ul>
      {compared && query && (
        <EvidenceSheet one={query} other={compared} judged={compared} onClose={() => compare(undefined)} />
      )}
    </>
  )
}

interface Answer {
  readonly file: File
  readonly found?: readonly FoundPicture[]
  readonly failed?: Failure
}

function useSearch(file: File | undefined): Partial<Omit<Answer, 'file'>> {
  const [answer, setAnswer] = useState<Answer>()
  useEffect(() => {
    if (!file) return
    const controller = new AbortController()
    const { signal } = controller
    libraryClient.search(file, signal).then(
      (found) => signal.aborted || setAnswer({ file, found }),
      (error) => signal.aborted || setAnswer({ file, failed: failure(error) }),
    )
    return () => controller.abort()
  }, [file])
  return answer && answer.file === file ? answer : {}
}
