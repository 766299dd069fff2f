'use client'
import dynamic from 'next/dynamic'
import { useStore } from '../state/store'
import { toasts } from '../state/toasts'

const ToastList = dynamic(() => import('./toast-list').then((module) => module.ToastList), { ssr: false })

/** Loaded with the first toast. */
export function Toasts() {
  const messages = useStore(toasts)
  return messages.length > 0 && <ToastList messages={messages} />
}
