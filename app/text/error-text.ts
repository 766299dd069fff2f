'use client'
import type { ErrorCode, Failure } from '../../core/errors'
import type { TextKey } from './dictionary'
import { useIssueText } from './issue-text'
import { useWords } from './words'

const SENTENCES: Readonly<Record<ErrorCode, TextKey>> = {
  'invalid-input': 'errorInvalidInput',
  unreadable: 'errorUnreadable',
  'too-large': 'errorTooLarge',
  'not-found': 'errorInternal',
  forbidden: 'errorForbidden',
  conflict: 'errorInternal',
  busy: 'errorBusy',
  unavailable: 'errorUnavailable',
  'model-unavailable': 'errorModel',
  'storage-full': 'errorStorageFull',
  canceled: 'errorCanceled',
  timeout: 'errorTimeout',
  internal: 'errorInternal',
}

/** What went wrong and what to do, in the page's language; in English the tool's own sentence, which has the numbers. */
export function useErrorText(): (failure: Pick<Failure, 'code' | 'message' | 'type' | 'ctx'>) => string {
  const { t, locale } = useWords()
  const issueText = useIssueText()
  return ({ code, message, type, ctx }) => {
    if (code === 'internal' || code === 'canceled') return t(SENTENCES[code])
    const said = issueText({ type: type ?? 'value_error', message, ctx })
    return locale === 'en' ? said : `${t(SENTENCES[code])} ${said}`
  }
}
