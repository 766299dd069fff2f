import type { Mode } from '../../core/routing'
import { recall, remember } from './local-storage'
import { createStore, type Store } from './store'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const MODES = ['auto', 'private', 'server'] as const satisfies readonly Mode[]

export const theme = remembered<Theme>('theme', THEMES, 'system')
export const mode = remembered<Mode>('mode', MODES, 'auto')

export const railFolded = rememberedFlag('rail-folded')

/** Choices outlive the visit. `theme` is also read by `public/theme.js`, before the first paint. */
function remembered<T extends string>(key: string, choices: readonly T[], initial: T): Store<T> {
  const recalled = recall(key)
  return remembering(key, createStore(initial, choices.find((choice) => choice === recalled) ?? initial))
}

function rememberedFlag(key: string): Store<boolean> {
  return remembering(key, createStore(false, recall(key) === true))
}

function remembering<T>(key: string, store: Store<T>): Store<T> {
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
