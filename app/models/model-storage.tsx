'use client'
import { useCallback, useEffect, useState } from 'react'
import type { storageUse } from '../../workers/storage'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { bytesHere, type Row } from './row'

type Use = Awaited<ReturnType<typeof storageUse>>

/** How much of what the browser allows the models take, and whether it may take them away. */
export function ModelStorage({ rows }: { rows: readonly Row[] }) {
  const { t, format } = useWords()
  const [use, setUse] = useState<Use | null>(null)
  const [refused, setRefused] = useState(false)
  const used = rows.reduce((sum, row) => sum + bytesHere(row), 0)
  const measure = useCallback(async () => {
    const { storageUse } = await import('../../workers/storage')
    setUse(await storageUse())
  }, [])
  useEffect(() => void measure(), [measure])

  const persist = async () => {
    setRefused(!(await navigator.storage.persist()))
    await measure()
  }
  const known = use && use.quotaBytes > 0
  return (
    <section className="flex flex-col gap-2 px-4 py-4" aria-label={t('storage')}>
      <p className="text-sm tabular-nums">
        {known
          ? t('modelsUse', { used: format.bytes(used), quota: format.bytes(use.quotaBytes) })
          : t('modelsUseUnknown', { used: format.bytes(used) })}
      </p>
      {known && (
        <div className="h-1.5 overflow-hidden rounded-full bg-pressed" aria-hidden>
          <div
            className="h-full min-w-1 rounded-full bg-accent"
            style={{ width: `${Math.min(100, (100 * used) / use.quotaBytes)}%` }}
          />
        </div>
      )}
      {used > 0 && use && (
        <div className="flex flex-wrap items-center gap-2 text-muted text-xs" aria-live="polite">
          {use.persisted ? t('modelsPersisted') : refused && t('modelsPersistRefused')}
          {!use.persisted && !refused && (
            <Button size="small" onClick={persist}>
              {t('modelsPersist')}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
