'use client'
import type { Failure } from '../../core/errors'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'

/** Why webhooks could not be read or changed. Unlike a run, this device cannot do it in the server's place. */
export function useFailureText(): (failure: Failure) => string {
  const { t } = useWords()
  const errorText = useErrorText()
  return (failure) => {
    if (failure.code === 'unavailable') return t('webhooksUnreachable')
    return failure.code === 'internal' ? t('webhooksFailed') : errorText(failure)
  }
}
