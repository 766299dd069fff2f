'use client'
import { useState } from 'react'
import { useWords } from '../text/words'
import { Button } from '../ui/button'

interface SureProps {
  text: string
  yes: string
  onYes: () => Promise<void>
  onNo: () => void
}

/** Asks a second time before what cannot be undone. */
export function Sure({ text, yes, onYes, onNo }: SureProps) {
  const { t } = useWords()
  const [busy, setBusy] = useState(false)
  const agree = async () => {
    setBusy(true)
    await onYes()
    setBusy(false)
  }
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 rounded-md bg-raised p-3">
      <span className="grow basis-60 text-sm">{text}</span>
      <span className="ml-auto flex gap-2">
        <Button look="wrong" size="small" disabled={busy} onClick={agree}>
          {yes}
        </Button>
        <Button size="small" disabled={busy} ref={focus} onClick={onNo}>
          {t('cancel')}
        </Button>
      </span>
    </div>
  )
}

/** The button that was pressed is gone; the harmless answer takes its place. */
const focus = (button: HTMLButtonElement | null) => button?.focus()
