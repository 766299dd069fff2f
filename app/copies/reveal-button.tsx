'use client'
import { EyeOff } from 'lucide-react'
import { useWords } from '../text/words'

/** On an image that must not be shown as it is; so large that its soft edges lie outside the frame. */
export const BLURRED = 'scale-150 blur-2xl brightness-50'
export const BLURRED_THUMBNAIL = '[&>img]:scale-150 [&>img]:blur-2xl [&>img]:brightness-50'

interface RevealButtonProps {
  name: string
  onReveal: () => void
}

/** Lies over a blurred picture, and shows it. */
export function RevealButton({ name, onReveal }: RevealButtonProps) {
  const { t } = useWords()
  return (
    <span className="pointer-events-none absolute inset-0 grid place-items-center">
      <button
        type="button"
        title={t('libraryHidden')}
        aria-label={t('libraryRevealOf', { name })}
        onClick={onReveal}
        className="pointer-events-auto flex min-h-8 items-center gap-1.5 rounded-md border border-line-strong bg-raised px-2.5 text-ink text-xs shadow-lift hover:bg-pressed max-md:min-h-11"
      >
        <EyeOff size={14} aria-hidden />
        {t('libraryReveal')}
      </button>
    </span>
  )
}
