'use client'
import { ChevronDown } from 'lucide-react'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { useBench } from './bench'

/** Where the result in view was made, or where the next one will be; opens the sheet that says why. */
export function PlaceBadge() {
  const { t } = useWords()
  const { item, do: commands } = useBench()
  const chosen = useStore(mode)
  const ran = item?.run.status === 'done' ? item.run.outcome.ran : undefined
  const onServer = ran ? ran.place === 'server' : chosen === 'server'
  return (
    <button
      type="button"
      onClick={() => commands.show('device')}
      title={t('deviceSheet')}
      className="flex h-8 items-center gap-2 rounded-md px-2.5 text-sm transition-colors duration-150 hover:bg-raised max-md:h-11"
    >
      <span className={`size-2 rounded-full ${onServer ? 'border-2 border-accent' : 'bg-accent'}`} aria-hidden />
      <span className="max-md:sr-only">
        {t(onServer ? 'onServer' : 'onDevice')}
        {ran && <span className="text-muted"> · {ran.backend}</span>}
      </span>
      <ChevronDown size={14} className="text-muted" aria-hidden />
    </button>
  )
}
