'use client'
import type { Failure } from '../../core/errors'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'

/** Why a model could not be fetched, and what to do about it. */
export function useModelErrorText(): (failure: Failure) => string {
  const { t } = useWords()
  const errorText = useErrorText()
  return (failure) => {
    switch (failure.code) {
      case 'storage-full':
        return t('modelErrorFull')
      case 'forbidden':
        return t('modelErrorLicence')
      case 'unavailable':
        return t(navigator.onLine ? 'modelsUnreachable' : 'modelErrorOffline')
      default:
        return errorText(failure)
    }
  }
}
