import type { Mode } from '../../core/routing'
import { recall, remember } from './local-storage'
import { createStore, type Store } from './store'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const MODES = ['auto', 'private', 'server'] as const satisfies readonly Mode[]

export const theme = remembered<Theme>('theme', THEMES, 'system')
export const mode = remembered<Mode>('mode', MODES, 'auto')

/** Choices outlive the visit. `theme` is also read by `public/theme.js`, before the first paint. */
function remembered<T extends string>(key: string, choices: readonly T[], initial: T): Store<T> {
  const recalled = recall(key)
  const store = createStore(initial, choices.find((choice) => choice === recalled) ?? initial)
  return {
    ...store,
    set: (next) => {
      remember(key, next)
      store.set(next)
    },
  }
}

export function applyTheme(choice: Theme): void {
  const light = choice === 'light' || (choice === 'system' && matchMedia('(prefers-color-scheme: light)').matches)
  document.documentElement.dataset.theme = light ? 'light' : 'dark'
}
