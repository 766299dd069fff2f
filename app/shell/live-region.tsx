'use client'
import { useStore } from '../state/store'
import { announcement } from '../state/toasts'

export function LiveRegion() {
  return (
    <p role="status" className="sr-only">
      {useStore(announcement)}
    </p>
  )
}
