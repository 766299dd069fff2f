'use client'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { useFailureText } from './use-failure-text'
import type { Uploads } from './use-uploads'

/** How far files are on their way, and which did not arrive. */
export function UploadBar({ uploads: { progress, failed, retry, dismiss } }: { uploads: Uploads }) {
  const { t } = useWords()
  const failureText = useFailureText()
  return (
    <>
      {progress.total > 0 && (
        <div className="flex flex-col gap-2 rounded-xl border border-line bg-surface p-4">
          <p id="library-uploading" className="text-sm tabular-nums">
            {t('libraryUploading', { done: progress.done, total: progress.total })}
          </p>
          <progress
            aria-labelledby="library-uploading"
            value={progress.done}
            max={progress.total}
            className="h-1.5 w-full appearance-none overflow-hidden rounded-full bg-pressed [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-pressed [&::-webkit-progress-value]:bg-accent"
          />
        </div>
      )}
      {failed.length > 0 && (
        <div role="alert" className="flex flex-col gap-3 rounded-xl border border-line bg-wrong-soft p-4">
          <p className="font-semibold text-sm">{t('libraryFailed', { count: failed.length })}</p>
          <ul className="flex max-h-40 flex-col gap-1 overflow-y-auto text-sm">
            {failed.map(({ file, failure }, index) => (
              <li key={index} className="break-words">
                {t('libraryFailedFile', { name: file.name, reason: failureText(failure) })}
              </li>
            ))}
          </ul>
          <div className="flex gap-2">
            <Button size="small" onClick={retry}>
              {t('libraryRetry')}
            </Button>
            <Button size="small" look="quiet" onClick={dismiss}>
              {t('libraryDismiss')}
            </Button>
          </div>
        </div>
      )}
    </>
  )
}
