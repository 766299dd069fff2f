'use client'
import { failure } from '../../core/errors'
import { libraryClient } from '../../workers/library-client'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { useFailureText } from './use-failure-text'

/** Says that two pictures are no copies, with the way back; or takes it back. */
export function useSetAside(onChanged: () => void): (one: number, other: number, isAside: boolean) => Promise<void> {
  const { t } = useWords()
  const failureText = useFailureText()
  const change = async (one: number, other: number, isAside: boolean): Promise<void> => {
    try {
      await libraryClient.ignore(one, other, isAside)
      toast(
        isAside
          ? {
              text: t('folderSetAsideDone'),
              action: { label: t('libraryUndo'), run: () => void change(one, other, false) },
            }
          : { text: t('libraryTakenBack') },
      )
      onChanged()
    } catch (error) {
      toast({ text: failureText(failure(error)), wrong: true })
    }
  }
  return change
}
