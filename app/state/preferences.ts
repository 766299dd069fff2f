import type { Mode } from '../../core/routing'
import { recall, remember } from './local-storage'
import { createStore, type Store } from './store'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

export const MODES = ['auto', 'private', 'server'] as const satisfies readonly Mode[]

export const theme = remembered<Theme>('theme', THEMES, 'system')
/** A new tab begins with what was chosen last; what another chooses then changes nothing here, also after a reload. */
export const mode = remembered<Mode>('mode', MODES, 'auto', true)

export const railFolded = rememberedFlag('rail-folded')

/** Choices outlive the visit. `theme` is also read by `public/theme.js`, before the first paint. */
function remembered<T extends string>(key: string, choices: readonly T[], initial: T, ofTab = false): Store<T> {
  const recalled = recall(key, ofTab)
  return remembering(key, createStore(initial, choices.find((choice) => choice === recalled) ?? initial), ofTab)
}

export function rememberedFlag(key: string): Store<boolean> {
  return remembering(key, createStore(false, recall(key) === true))
}

function remembering<T>(key: string, store: Store<T>, ofTab = false): Store<T> {
  return {
    ...store,
    set: (next) => {
      remember(key, next, ofTab)
      store.set(next)
    },
  }
}

export function applyTheme(choice: Theme): void {
  const light = choice === 'light' || (choice === 'system' && matchMedia('(prefers-color-scheme: light)').matches)
  document.documentElement.dataset.theme = light ? 'light' : 'dark'
}
