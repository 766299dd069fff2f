'use client'
import { useEffect, useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import type { Picture } from '../../workers/folder/picture'
import type { FolderSession } from '../../workers/folder/session'
import type { Evidence } from '../../workers/folder/tools'

interface Answer {
  readonly key: string
  readonly evidence?: Evidence
  readonly failure?: Failure
}

/** Compares two pictures once more, to show how; nothing for files of one content. */
export function useEvidence(session: FolderSession | undefined, one: Picture, other: Picture): Omit<Answer, 'key'> {
  const [answer, setAnswer] = useState<Answer>()
  const key = `${one.print.sha256} ${other.print.sha256}`
  useEffect(() => {
    if (one === other || !session) return
    const controller = new AbortController()
    const show = (part: Omit<Answer, 'key'>) => controller.signal.aborted || setAnswer({ key, ...part })
    session.evidence(one, other, controller.signal).then(
      (evidence) => show({ evidence }),
      (error) => show({ failure: failure(error, console.error) }),
    )
    return () => controller.abort()
  }, [session, one, other, key])
  return answer?.key === key ? answer : {}
}
