'use client'
import dynamic from 'next/dynamic'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'

// Nobody needs it before the first run.
const ResultView = dynamic(() => import('./result-view').then((module) => module.ResultView), { ssr: false })

/** What came out of the picture in view, or what to do for it. */
export function Result() {
  const { t } = useWords()
  const { item, result, failure, session } = useBench()
  if (item?.run.status === 'done' && result) {
    return <ResultView outcome={item.run.outcome} result={result} name={item.picture.file.name} />
  }
  const waiting = session.items.length > 0 && !failure
  return waiting && <p className="px-4 py-6 text-center text-muted text-xs">{t('noResultYet')}</p>
}
