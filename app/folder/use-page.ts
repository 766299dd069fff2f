'use client'
import { useEffect, useEffectEvent } from 'react'
import { filesOf } from '../state/dropped-files'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { toast } from '../state/toasts'
import { useTheme } from '../state/use-theme'
import { useWords } from '../text/words'

/** What happens to the page as a whole: drops, theme, private mode, the service worker that keeps it for offline use. */
export function usePage(give: (files: File[]) => void): void {
  const { t } = useWords()
  const chosenMode = useStore(mode)
  useTheme()

  useEffect(() => {
    void import('../../workers/service-worker-client').then(({ setPrivate }) => setPrivate(chosenMode === 'private'))
  }, [chosenMode])

  const onOfflineReady = useEffectEvent(() => toast({ text: t('offlineReady') }))
  const onUpdateReady = useEffectEvent((apply: () => void) =>
    toast({ text: t('updateReady'), action: { label: t('updateNow'), run: apply }, lasting: true }),
  )
  useEffect(() => {
    void import('../../workers/service-worker-client').then(({ startServiceWorker }) =>
      startServiceWorker({ onUpdateReady: (apply) => onUpdateReady(apply), onOfflineReady: () => onOfflineReady() }),
    )
  }, [])

  const receive = useEffectEvent((transfer: DataTransfer | null) => {
    if (transfer) void filesOf(transfer).then((files) => give(files))
  })
  useEffect(() => {
    const allow = (event: DragEvent) => event.preventDefault()
    const onDrop = (event: DragEvent) => {
      event.preventDefault()
      receive(event.dataTransfer)
    }
    window.addEventListener('dragover', allow)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragover', allow)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
}
