'use client'
import type { Skipped } from '../../workers/folder/index-files'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'

/** Files that could not be read, each with why. */
export function SkippedList({ skipped }: { skipped: readonly Skipped[] }) {
  const { t } = useWords()
  const errorText = useErrorText()
  if (skipped.length === 0) return null
  return (
    <details className="rounded-xl border border-line bg-surface p-4 text-sm">
      <summary className="cursor-pointer text-wrong">{t('folderSkipped', { count: skipped.length })}</summary>
      <ul className="mt-3 flex flex-col gap-2">
        {skipped.map(({ path, failure }) => (
          <li key={path} className="flex flex-col">
            <span className="[overflow-wrap:anywhere] font-medium">{path}</span>
            <span className="text-muted text-xs">{errorText(failure)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
