'use client'
import type { Reason } from '../../core/routing'
import { useWords } from './words'

/** Why a place was chosen, as a sentence. */
export function useReasonText(): (reason: Reason) => string {
  const { t } = useWords()
  return (reason) => t(`reason_${reason}`)
}
