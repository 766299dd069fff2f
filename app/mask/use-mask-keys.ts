'use client'
import { type RefObject, useEffect, useEffectEvent, useRef } from 'react'
import { isFree } from '../shell/use-shortcuts'
import { maskKeyFor } from './keys'
import type { MaskEditor } from './use-mask-editor'

/** The keys of the mask, before those of the page. @returns whether Space is held, which moves the picture */
export function useMaskKeys(editor: MaskEditor): RefObject<boolean> {
  const isSpaceDown = useRef(false)

  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || !isFree(event)) return
    if (event.key === ' ') isSpaceDown.current = true
    else if (maskKeyFor(event)?.press(editor) !== true) return
    event.preventDefault()
    event.stopPropagation()
  })

  useEffect(() => {
    const onDown = (event: KeyboardEvent) => press(event)
    const release = () => {
      isSpaceDown.current = false
    }
    const onUp = ({ key }: KeyboardEvent) => key === ' ' && release()
    window.addEventListener('keydown', onDown, { capture: true })
    window.addEventListener('keyup', onUp)
    window.addEventListener('blur', release)
    return () => {
      window.removeEventListener('keydown', onDown, { capture: true })
      window.removeEventListener('keyup', onUp)
      window.removeEventListener('blur', release)
    }
  }, [])

  return isSpaceDown
}
