'use client'
import { Scale } from 'lucide-react'
import { useId, useState } from 'react'
import { toast } from '../state/toasts'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import type { Row } from './row'
import type { ShelfStore } from './shelf-store'
import { useFetch } from './use-fetch'

interface LicenceGateProps {
  shelf: ShelfStore
  row: Row
  canFetch: boolean
  onDone: () => void
}

/** What has to be agreed to before a model is used; once it is, how to take that back. */
export function LicenceGate({ shelf, row, canFetch, onDone }: LicenceGateProps) {
  return row.licence === 'accepted' ? <Accepted {...{ shelf, row }} /> : <Ask {...{ shelf, row, canFetch, onDone }} />
}

function Accepted({ shelf, row: { model } }: { shelf: ShelfStore; row: Row }) {
  const { t } = useWords()
  const withdraw = async () => {
    await shelf.accept(model.id, false)
    toast({ text: t('modelWithdrawn', { model: model.title }) })
  }
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-muted text-xs">
      <Scale size={13} aria-hidden />
      {t('modelAccepted')}
      <Button
        size="small"
        look="quiet"
        className="underline underline-offset-2"
        aria-label={t('modelWithdrawOf', { model: model.title })}
        onClick={withdraw}
      >
        {t('modelWithdraw')}
      </Button>
    </p>
  )
}

function Ask({ shelf, row: { model, here }, canFetch, onDone }: LicenceGateProps) {
  const { t } = useWords()
  const fetchHere = useFetch(shelf)
  const [agreed, setAgreed] = useState(false)
  const box = useId()
  const { weights, note, url, commercial } = model.licence
  const isHere = here.state === 'installed' // accepting was taken back

  const accept = async () => {
    await shelf.accept(model.id, true)
    onDone()
    if (!isHere) await fetchHere(model)
  }
  return (
    <section
      aria-label={t('modelAcceptTitle')}
      className="flex flex-col gap-2 rounded-md border border-line-strong bg-surface p-3 text-sm"
    >
      <h4 className="flex items-center gap-2 font-medium">
        <Scale size={15} className="text-accent-text" aria-hidden />
        {t('modelAcceptTitle')}
      </h4>
      <p>{t(commercial === 'no' ? 'modelAcceptNo' : 'modelAcceptUnclear')}</p>
      <p className="text-muted text-xs">
        {t('modelLicenceWeights')}: {weights}. {note}{' '}
        {url && (
          <a
            href={url}
            target="_blank"
            rel="noreferrer"
            className="break-all text-accent-text underline underline-offset-2"
          >
            {t('modelLicenceLink')}
          </a>
        )}
      </p>
      <label htmlFor={box} className="flex items-start gap-2 max-md:min-h-11 max-md:items-center">
        <input
          id={box}
          ref={isHere ? undefined : focus}
          type="checkbox"
          checked={agreed}
          onChange={({ target }) => setAgreed(target.checked)}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        {t('modelAccept', { model: model.title })}
      </label>
      <div className="flex gap-2">
        {isHere ? (
          <Button size="small" look="accent" disabled={!agreed} onClick={accept}>
            {t('modelAcceptHere')}
          </Button>
        ) : (
          <>
            <Button size="small" look="accent" disabled={!agreed || !canFetch} onClick={accept}>
              {t('modelFetch')}
            </Button>
            <Button size="small" onClick={onDone}>
              {t('cancel')}
            </Button>
          </>
        )}
      </div>
    </section>
  )
}

const focus = (input: HTMLInputElement | null) => input?.focus()
