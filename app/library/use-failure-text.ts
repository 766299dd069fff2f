import type { Failure } from '../../core/errors'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'

/** Why something about the library failed, in the page's language. */
export function useFailureText(): (failure: Failure) => string {
  const { t } = useWords()
  const errorText = useErrorText()
  return (failure) => {
    if (failure.code === 'unavailable') return t('libraryUnreachable')
    return failure.code === 'forbidden' ? t('librarySignedOut') : errorText(failure)
  }
}
