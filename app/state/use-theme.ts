import { useEffect } from 'react'
import { applyTheme, theme } from './preferences'
import { useStore } from './store'

/** Keeps the page in the chosen theme, and in step with the system where that was chosen. */
export function useTheme(): void {
  const chosen = useStore(theme)
  useEffect(() => {
    applyTheme(chosen)
    const system = matchMedia('(prefers-color-scheme: light)')
    const follow = () => applyTheme(chosen)
    system.addEventListener('change', follow)
    return () => system.removeEventListener('change', follow)
  }, [chosen])
}
