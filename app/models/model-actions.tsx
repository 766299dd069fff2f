'use client'
import { Download, Pause, Play, ShieldCheck, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { isSupplied } from '../../models/supplied'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import { IconButton } from '../ui/icon-button'
import { type Row, sizeOf } from './row'
import type { ShelfStore } from './shelf-store'
import { useFetch } from './use-fetch'

interface ModelActionsProps {
  shelf: ShelfStore
  row: Row
  canFetch: boolean
  /** The licence has to be accepted first. */
  onAsk: () => void
}

export function ModelActions({ shelf, row, canFetch, onAsk }: ModelActionsProps) {
  const { t } = useWords()
  const fetchHere = useFetch(shelf)
  const { model, here, licence } = row
  const { id, title } = model
  const begin = () => (licence === 'asked' ? onAsk() : void fetchHere(model))
  switch (here.state) {
    case 'installed':
      return <Installed {...{ shelf, row }} />
    case 'fetching':
      return (
        <div className="flex items-center gap-1">
          <Button size="small" aria-label={t('modelPauseOf', { model: title })} onClick={() => shelf.pause(id)}>
            <Pause size={13} aria-hidden />
            {t('modelPause')}
          </Button>
          <CancelButton {...{ shelf, row }} />
        </div>
      )
    case 'paused':
      return (
        <div className="flex items-center gap-1">
          <Button
            size="small"
            look="accent"
            disabled={!canFetch}
            aria-label={t('modelResumeOf', { model: title })}
            onClick={begin}
          >
            <Play size={13} aria-hidden />
            {t('modelResume')}
          </Button>
          <CancelButton {...{ shelf, row }} />
        </div>
      )
    case 'absent':
    case 'quarantined':
      if (isSupplied(model)) return <p className="text-muted text-xs">{t('modelPickSupplied')}</p>
      return (
        <div className="flex flex-wrap items-center gap-1">
          <Button
            size="small"
            look={model.default ? 'accent' : 'plain'}
            disabled={!canFetch}
            aria-label={t('modelFetchOf', { model: title })}
            onClick={begin}
          >
            <Download size={13} aria-hidden />
            {t(here.state === 'absent' ? 'modelFetch' : 'modelFetchAgain')}
          </Button>
        </div>
      )
  }
}

function CancelButton({ shelf, row: { model } }: { shelf: ShelfStore; row: Row }) {
  const { t } = useWords()
  return (
    <IconButton small label={t('modelCancelOf', { model: model.title })} onClick={() => shelf.cancel(model.id)}>
      <X size={15} aria-hidden />
    </IconButton>
  )
}

/** Fetching again takes time and network, so removing is asked for twice. */
function Installed({ shelf, row: { model } }: { shelf: ShelfStore; row: Row }) {
  const { t, format } = useWords()
  const [sure, setSure] = useState(false)
  const { id, title } = model

  const remove = async () => {
    await shelf.remove(id)
    toast({ text: t('modelRemoved', { model: title }) })
  }
  const verify = async () => {
    const good = await shelf.verify(id)
    toast({ text: t(good ? 'modelVerified' : 'modelVerifyFailed', { model: title }), wrong: !good })
  }

  if (!sure) {
    return (
      <div className="flex items-center gap-1">
        <Button size="small" look="quiet" aria-label={t('modelVerifyOf', { model: title })} onClick={verify}>
          <ShieldCheck size={13} aria-hidden />
          {t('modelVerify')}
        </Button>
        <Button
          size="small"
          look="quiet"
          aria-label={t('modelRemoveOf', { model: title })}
          onClick={() => setSure(true)}
        >
          <Trash2 size={13} aria-hidden />
          {t('modelRemove')}
        </Button>
      </div>
    )
  }
  return (
    <div className="flex flex-wrap items-center gap-2" role="alert">
      <span className="text-xs">{t('modelRemoveSure', { bytes: format.bytes(sizeOf(model)) })}</span>
      <Button look="wrong" size="small" onClick={remove}>
        {t('modelRemove')}
      </Button>
      <Button size="small" ref={focus} onClick={() => setSure(false)}>
        {t('cancel')}
      </Button>
    </div>
  )
}

/** The button that was pressed is gone; the harmless answer takes its place. */
const focus = (button: HTMLButtonElement | null) => button?.focus()
