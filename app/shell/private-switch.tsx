'use client'
import { Lock, LockOpen } from 'lucide-react'
import { mode } from '../state/preferences'
import { useStore } from '../state/store'
import { useWords } from '../text/words'

export function PrivateSwitch() {
  const { t } = useWords()
  const isPrivate = useStore(mode) === 'private'
  return (
    <button
      type="button"
      aria-pressed={isPrivate}
      title={t(isPrivate ? 'privateOnHelp' : 'privateOffHelp')}
      onClick={() => mode.set(isPrivate ? 'auto' : 'private')}
      className={`flex h-8 items-center gap-2 rounded-md px-2.5 text-sm transition-colors duration-150 max-md:size-11 max-md:justify-center max-md:p-0 ${isPrivate ? 'bg-accent-soft text-accent-text' : 'text-muted hover:bg-raised hover:text-ink'}`}
    >
      {isPrivate ? <Lock size={15} aria-hidden /> : <LockOpen size={15} aria-hidden />}
      <span className="max-md:sr-only">{t('private')}</span>
    </button>
  )
}
