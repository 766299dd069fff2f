'use client'
import { useCallback } from 'react'
import type { Model } from '../../models/model'
import { announcement } from '../state/toasts'
import { useWords } from '../text/words'
import type { ShelfStore } from './shelf-store'

/** Fetches a model to this device and tells those who do not see it when it is there. */
export function useFetch(shelf: ShelfStore): (model: Model) => Promise<boolean> {
  const { t } = useWords()
  return useCallback(
    async ({ id, title }) => {
      const done = await shelf.fetch(id)
      if (done) announcement.set(t('modelSaidDone', { model: title }))
      return done
    },
    [shelf, t],
  )
}
