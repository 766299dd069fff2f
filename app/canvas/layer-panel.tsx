'use client'
import { Eye, EyeOff, Layers as LayersIcon } from 'lucide-react'
import { useState } from 'react'
import { contestants } from '../mask/rival'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'
import { Slider } from '../ui/slider'
import { HoldButton } from './hold-button'
import { pairsOf } from './scene'

/** Which layers lie over the picture, and how strongly; topmost first, as they lie. */
export function LayerPanel() {
  const { t, format } = useWords()
  const { card, layers, words, item } = useBench()
  const isDuel = item?.run.status === 'done' && contestants(card, item.run.outcome.files) !== undefined
  const replaces = card.layers.some(({ kind }) => kind === 'replace')
  const [open, setOpen] = useState(() => matchMedia('(min-width: 48rem)').matches)
  return (
    <div className="absolute top-3 right-3 flex animate-appear flex-col items-end gap-2 max-md:top-2 max-md:right-2">
      <div className="flex gap-2">
        <HoldButton />
        <IconButton
          label={t('layers')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="border border-line bg-surface shadow-lift"
        >
          <LayersIcon size={16} aria-hidden />
        </IconButton>
      </div>
      {open && (
        <ul
          className="flex w-64 flex-col gap-1 rounded-lg border border-line bg-surface p-2 shadow-lift"
          aria-label={t('layers')}
        >
          {[...layers.all].reverse().map(({ spec: { title }, visible, opacity }) => {
            const name = words.label(title, title)
            return (
              <li key={title} className="flex items-center gap-2">
                <IconButton
                  small
                  label={t(visible ? 'hideLayer' : 'showLayer', { layer: name })}
                  onClick={() => layers.change(title, { visible: !visible })}
                >
                  {visible ? <Eye size={15} aria-hidden /> : <EyeOff size={15} aria-hidden />}
                </IconButton>
                <span className={`w-28 shrink-0 truncate text-xs ${visible ? '' : 'text-muted'}`} title={name}>
                  {name}
                </span>
                <Slider
                  value={opacity}
                  min={0}
                  max={1}
                  step={0.05}
                  label={t('layerOpacity', { layer: name })}
                  text={format.percent(opacity)}
                  onChange={(next) => layers.change(title, { opacity: next, visible: true })}
                />
              </li>
            )
          })}
          {(pairsOf(card) || isDuel) && (
            <li className="p-1">
              <fieldset className="flex rounded-md bg-pressed p-0.5">
                <legend className="sr-only">{t('layout')}</legend>
                {([false, true] as const).map((over) => (
                  <button
                    key={String(over)}
                    type="button"
                    aria-pressed={layers.laidOver === over}
                    onClick={() => layers.layOver(over)}
                    className="h-6 grow rounded text-muted text-xs aria-pressed:bg-surface aria-pressed:text-ink max-md:h-11"
                  >
                    {t(over ? 'laidOver' : 'sideBySide')}
                  </button>
                ))}
              </fieldset>
            </li>
          )}
          {(layers.laidOver ? pairsOf(card) || isDuel : replaces && !isDuel) && (
            <li className="flex items-center gap-2 px-2">
              <span className="w-28 shrink-0 text-xs">{t(replaces ? 'beforeAfter' : 'wipe')}</span>
              <Slider
                value={layers.wipe}
                min={0}
                max={1}
                step={0.01}
                label={t(replaces ? 'beforeAfter' : 'wipe')}
                text={format.percent(layers.wipe)}
                onChange={layers.wipeTo}
              />
            </li>
          )}
          <li className="px-1 pt-1 text-muted text-xs max-md:hidden">{t('holdBHint')}</li>
        </ul>
      )}
    </div>
  )
}
