import type { Failure } from '../../core/errors'
import { useErrorText } from '../text/error-text'
import { useWords } from '../text/words'

const FIELD = /^file: / // of the request, of which the page does not speak

/** Why something about the library failed, in the page's language. */
export function useFailureText(): (failure: Failure) => string {
  const { t } = useWords()
  const errorText = useErrorText()
  return (failure) => {
    if (failure.code === 'unavailable') return t('libraryUnreachable')
    if (failure.code === 'forbidden') return t('librarySignedOut')
    return errorText({ ...failure, message: failure.message.replace(FIELD, '') })
  }
}
