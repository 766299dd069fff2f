'use client'
import { Trash2 } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { Section } from '../panel/section'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

interface Use {
  readonly usedBytes: number
  readonly quotaBytes: number
  readonly persisted: boolean
}

/** What the page keeps in this browser. Clearing cannot be undone, so it is asked for twice. */
export function Storage() {
  const { t, format } = useWords()
  const [use, setUse] = useState<Use | null>(null)
  const [sure, setSure] = useState(false)

  const measure = useCallback(async () => {
    const { storageUse } = await import('../../workers/storage')
    setUse(await storageUse())
  }, [])
  useEffect(() => void measure(), [measure])

  const clear = async () => {
    const { clearStorage } = await import('../../workers/storage')
    await clearStorage()
    setSure(false)
    await measure()
    toast({ text: t('storageCleared') })
  }

  return (
    <Section title={t('storage')}>
      <p className="text-sm tabular-nums">
        {use
          ? t('storageUsed', { used: format.bytes(use.usedBytes), quota: format.bytes(use.quotaBytes) })
          : t('measuring')}
      </p>
      {use && (
        <div className="h-1.5 overflow-hidden rounded-full bg-pressed" aria-hidden>
          <div
            className="h-full min-w-1 rounded-full bg-accent"
            style={{ width: `${(100 * use.usedBytes) / use.quotaBytes}%` }}
          />
        </div>
      )}
      <p className="text-muted text-xs">{t(use?.persisted ? 'storageHelpPersisted' : 'storageHelp')}</p>
      {sure ? (
        <div className="flex flex-wrap items-center gap-2" role="alert">
          <span className="grow text-sm">{t('clearStorageSure')}</span>
          <Button look="wrong" onClick={clear}>
            {t('clearStorageYes')}
          </Button>
          <Button onClick={() => setSure(false)}>{t('cancel')}</Button>
        </div>
      ) : (
        <Button className="self-start" onClick={() => setSure(true)}>
          <Trash2 size={14} aria-hidden />
          {t('clearStorage')}
        </Button>
      )}
    </Section>
  )
}
