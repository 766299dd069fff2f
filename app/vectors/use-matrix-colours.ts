'use client'
import { useMemo, useSyncExternalStore } from 'react'
import type { MatrixColours, Rgb } from './paint-matrix'

/** The colours of the theme as numbers; new when the theme changes. */
export function useMatrixColours(): MatrixColours {
  const theme = useSyncExternalStore(watchTheme, themeNow, () => 'dark')
  return useMemo(
    () => ({
      floor: colour('--floor'),
      under: colour('--line-strong'),
      over: colour('--matrix-same'),
      top: colour('--accent'),
    }),
    [theme],
  )
}

const themeNow = () => document.documentElement.dataset.theme ?? 'dark'

function watchTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

/** A custom property of six hex digits. */
function colour(name: string): Rgb {
  const text = getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  const digits = Number.parseInt(text.slice(1), 16)
  return [digits >> 16, (digits >> 8) & 255, digits & 255]
}
