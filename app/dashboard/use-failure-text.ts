import type { Failure } from '../../core/errors'
import { useIssueText } from '../text/issue-text'
import { useWords } from '../text/words'

/** Why keys and usage could not be read or changed. */
export function useFailureText(): (failure: Failure) => string {
  const { t, locale } = useWords()
  const issueText = useIssueText()
  return (failure) => {
    if (failure.code === 'unavailable') return t('dashboardUnreachable')
    if (failure.code === 'invalid-input' && failure.issues.length > 0) return issueText(failure.issues[0])
    return locale === 'en' && failure.code !== 'internal' ? failure.message : t('dashboardFailed')
  }
}
