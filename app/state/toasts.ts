import { createStore } from './store'

export interface ToastMessage {
  readonly id: number
  readonly text: string
  readonly wrong?: boolean
  readonly action?: { readonly label: string; run(): void }
  /** Stays until it is answered. */
  readonly lasting?: boolean
}

export const toasts = createStore<readonly ToastMessage[]>([])

/** Said to screen readers, in addition to what is drawn. */
export const announcement = createStore('')

let last = 0

export function toast(message: Omit<ToastMessage, 'id'>): void {
  last += 1
  toasts.set([...toasts.get().slice(-2), { ...message, id: last }])
}

export const dismiss = (id: number): void => toasts.set(toasts.get().filter((message) => message.id !== id))
