'use client'
import { Contrast } from 'lucide-react'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'

/** Shows the picture alone for as long as it is held, by finger, mouse or key. */
export function HoldButton() {
  const { t } = useWords()
  const { layers } = useBench()
  const hold = () => layers.holdOriginal(true)
  const release = () => layers.holdOriginal(false)
  return (
    <button
      type="button"
      aria-label={t('holdOriginal')}
      title={t('holdBHint')}
      aria-pressed={layers.original}
      onPointerDown={hold}
      onPointerUp={release}
      onPointerCancel={release}
      onPointerLeave={release}
      onKeyDown={({ key }) => (key === ' ' || key === 'Enter') && hold()}
      onKeyUp={release}
      onBlur={release}
      onContextMenu={(event) => event.preventDefault()} // a long touch is no wish for a menu
      className="grid size-8 touch-none select-none place-items-center rounded-md border border-line bg-surface text-muted shadow-lift transition-colors duration-150 hover:bg-raised hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent-text max-md:size-11"
    >
      <Contrast size={16} aria-hidden />
    </button>
  )
}
