'use client'
import { Download, FileSpreadsheet, FolderPlus, Plus, RotateCcw } from 'lucide-react'
import { batchProgress } from '../run/batch-progress'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { CompareButton } from '../vectors/compare-button'
import { saveBatchCsv, saveBatchZip } from './batch-downloads'
import { BatchTile } from './batch-tile'

/** All files of a batch, each with its state; for when there is more than one. */
export function BatchStrip() {
  const { t } = useWords()
  const bench = useBench()
  const { session, batch, busy, do: commands } = bench
  const failed = session.items.filter(({ run }) => run.status === 'failed' || run.status === 'stopped')
  const done = session.items.filter(({ run }) => run.status === 'done')
  const progress = batch && batchProgress(batch, session.items, 0)
  return (
    <section
      aria-label={t('batch')}
      className="flex min-w-0 animate-rise flex-col gap-2 border-line border-t bg-surface px-3 py-2 [grid-area:strip]"
    >
      <div className="flex items-center gap-2 max-md:flex-col max-md:items-stretch">
        <p className="mr-auto flex gap-2 text-sm tabular-nums">
          <span className="font-semibold">
            {busy && progress
              ? t('fileOf', { done: Math.min(progress.done + 1, progress.total), total: progress.total })
              : t('files', { count: session.items.length })}
          </span>
          <span className="text-muted">{t('filesDone', { count: done.length })}</span>
          {failed.length > 0 && <span className="text-wrong">{t('filesFailed', { count: failed.length })}</span>}
        </p>
        <div className="flex items-center gap-2 max-md:overflow-x-auto">
          {failed.length > 0 && !busy && (
            <Button size="small" onClick={() => commands.runItems(failed)}>
              <RotateCcw size={13} aria-hidden />
              {t('retryFailed')}
            </Button>
          )}
          {done.length > 0 && (
            <>
              <CompareButton />
              <Button size="small" onClick={() => saveBatchZip(bench)}>
                <Download size={13} aria-hidden />
                {t('allAsZip')}
              </Button>
              <Button size="small" onClick={() => saveBatchCsv(bench)}>
                <FileSpreadsheet size={13} aria-hidden />
                {t('allAsCsv')}
              </Button>
            </>
          )}
          <Button size="small" look="quiet" onClick={() => commands.browse(bench.card.batch)}>
            <Plus size={13} aria-hidden />
            {t('addFiles')}
          </Button>
          <Button
            size="small"
            look="quiet"
            className="max-md:hidden"
            onClick={() => commands.browse(undefined, 'folder')}
          >
            <FolderPlus size={13} aria-hidden />
            {t('chooseFolder')}
          </Button>
        </div>
      </div>
      <ul className="flex gap-2 overflow-x-auto pb-1">
        {session.items.map((item) => (
          <BatchTile
            key={item.picture.id}
            item={item}
            chosen={item.picture.id === session.selected}
            commands={commands}
          />
        ))}
      </ul>
    </section>
  )
}
