import { createStore } from './store'

interface InstallPrompt extends Event {
  prompt(): Promise<unknown>
}

/** The browser's offer to install the page; null when it makes none. */
export const installPrompt = createStore<InstallPrompt | null>(null)

export function listenForInstall(): () => void {
  const keep = (event: Event) => {
    event.preventDefault()
    installPrompt.set(event as InstallPrompt)
  }
  const done = () => installPrompt.set(null)
  window.addEventListener('beforeinstallprompt', keep)
  window.addEventListener('appinstalled', done)
  return () => {
    window.removeEventListener('beforeinstallprompt', keep)
    window.removeEventListener('appinstalled', done)
  }
}
