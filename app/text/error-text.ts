'use client'
import type { ErrorCode, Failure } from '../../core/errors'
import type { TextKey } from './dictionary'
import { useWords } from './words'

const SENTENCES: Readonly<Record<ErrorCode, TextKey>> = {
  'invalid-input': 'errorInvalidInput',
  unreadable: 'errorUnreadable',
  'too-large': 'errorTooLarge',
  'not-found': 'errorInternal',
  forbidden: 'errorModel',
  conflict: 'errorInternal',
  busy: 'errorBusy',
  unavailable: 'errorUnavailable',
  'model-unavailable': 'errorModel',
  'storage-full': 'errorUnavailable',
  canceled: 'errorCanceled',
  timeout: 'errorTimeout',
  internal: 'errorInternal',
}

/** What went wrong and what to do, in the page's language; in English the tool's own sentence, which has the numbers. */
export function useErrorText(): (failure: Pick<Failure, 'code' | 'message'>) => string {
  const { t, locale } = useWords()
  return ({ code, message }) =>
    (locale === 'en' && code !== 'internal' ? message : `${t(SENTENCES[code])} ${detail(code, message)}`).trim()
}

const detail = (code: ErrorCode, message: string) => (code === 'internal' ? '' : `(${message})`)
