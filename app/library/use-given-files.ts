'use client'
import { useEffect, useEffectEvent, useState } from 'react'
import { filesOf } from '../state/dropped-files'

/** Files that are dropped anywhere on the page or pasted. @returns whether some are held over it */
export function useGivenFiles(onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const take = useEffectEvent(async (transfer: DataTransfer) => {
    const files = await filesOf(transfer)
    if (files.length > 0) onFiles(files)
  })
  useEffect(() => {
    const ended = new AbortController()
    const on = <K extends keyof WindowEventMap>(type: K, listen: (event: WindowEventMap[K]) => void) =>
      addEventListener(type, listen, { signal: ended.signal })
    on('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    })
    on('dragleave', (event) => {
      if (!event.relatedTarget) setOver(false)
    })
    on('drop', (event) => {
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer) void take(event.dataTransfer)
    })
    on('paste', ({ clipboardData }) => {
      if (clipboardData) void take(clipboardData)
    })
    return () => ended.abort()
  }, [])
  return isOver
}
