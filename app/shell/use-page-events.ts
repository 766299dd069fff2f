'use client'
import { useEffect, useEffectEvent } from 'react'
import { filesOf } from '../state/dropped-files'
import { listenForInstall } from '../state/install'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { announcement, toast } from '../state/toasts'
import { useTheme } from '../state/use-theme'
import { useWords } from '../text/words'
import type { Bench } from './bench'

/** What happens to the page as a whole: paste, drops beside the canvas, theme, private mode, the service worker. */
export function usePageEvents(bench: Bench): void {
  const { t } = useWords()
  const chosenMode = useStore(mode)
  useTheme()

  const give = useEffectEvent((transfer: DataTransfer | null) => {
    if (transfer) void filesOf(transfer).then((files) => bench.do.give(files))
  })
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => give(event.clipboardData)
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      give(event.dataTransfer)
    }
    const allow = (event: DragEvent) => event.preventDefault()
    window.addEventListener('paste', onPaste)
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('paste', onPaste)
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', onDrop)
    }
  }, [])

  useEffect(() => {
    void import('../../workers/service-worker-client').then(({ setPrivate }) => setPrivate(chosenMode === 'private'))
  }, [chosenMode])

  useEffect(listenForInstall, [])

  const { title } = bench.words
  useEffect(() => {
    document.title = `${title} · Darkroom`
  }, [title])

  const onUpdateReady = useEffectEvent((apply: () => void) =>
    toast({ text: t('updateReady'), action: { label: t('updateNow'), run: apply }, lasting: true }),
  )
  const onOfflineReady = useEffectEvent(() => toast({ text: t('offlineReady') }))
  useEffect(() => {
    void import('../../workers/service-worker-client').then(({ startServiceWorker }) =>
      startServiceWorker({ onUpdateReady: (apply) => onUpdateReady(apply), onOfflineReady: () => onOfflineReady() }),
    )
  }, [])

  const { status } = bench.item?.run ?? { status: 'ready' }
  const found = bench.card.table ? bench.result?.data[bench.card.table.field] : undefined
  const count = Array.isArray(found) ? found.length : 0
  useEffect(() => {
    if (status === 'running') announcement.set(t('saidRunning'))
    if (status === 'done') announcement.set(t('saidDone', { count }))
    if (status === 'stopped') announcement.set(t('saidStopped'))
  }, [status, count, t])
}
