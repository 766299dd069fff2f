'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Failure, failure } from '../../core/errors'
import { libraryClient } from '../../workers/library-client'
import { suits } from '../state/intake'
import { announcement, toast } from '../state/toasts'
import { useWords } from '../text/words'

export interface FailedUpload {
  readonly file: File
  readonly failure: Failure
}

interface Progress {
  readonly done: number
  readonly total: number
}

const TOGETHER = 3
const NOTHING: Progress = { done: 0, total: 0 }

/** Files on their way to the library, a few at a time; those that were refused are kept, with why. */
export function useUploads(onAdded: () => void) {
  const { t } = useWords()
  const [progress, setProgress] = useState(NOTHING)
  const [failed, setFailed] = useState<readonly FailedUpload[]>([])
  const queue = useRef<File[]>([])
  const running = useRef(0)
  const count = useRef({ added: 0, done: 0, total: 0 })
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])

  const work = useCallback(async () => {
    stop.current ??= new AbortController()
    const { signal } = stop.current
    running.current += 1
    for (let file = queue.current.shift(); file && !signal.aborted; file = queue.current.shift()) {
      const refused = file
      await libraryClient.add(file, signal).then(
        () => {
          count.current.added += 1
        },
        (error) => signal.aborted || setFailed((before) => [...before, { file: refused, failure: failure(error) }]),
      )
      count.current.done += 1
      setProgress({ ...count.current })
    }
    running.current -= 1
    if (running.current > 0 || signal.aborted) return
    announcement.set(t('libraryUploaded', { count: count.current.added }))
    count.current = { added: 0, done: 0, total: 0 }
    setProgress(NOTHING)
    onAdded()
  }, [onAdded, t])

  const add = useCallback(
    (files: readonly File[]) => {
      const pictures = files.filter((file) => suits('raster', file))
      const others = files.length - pictures.length
      if (others > 0) toast({ text: t('libraryNotPictures', { count: others }), wrong: true })
      if (pictures.length === 0) return
      queue.current.push(...pictures)
      count.current.total += pictures.length
      setProgress({ ...count.current })
      while (running.current < TOGETHER && queue.current.length > 0) void work()
    },
    [t, work],
  )

  return {
    progress,
    failed,
    add,
    retry: () => {
      setFailed([])
      add(failed.map(({ file }) => file))
    },
    dismiss: () => setFailed([]),
  }
}

export type Uploads = ReturnType<typeof useUploads>
