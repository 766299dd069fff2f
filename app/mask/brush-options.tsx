'use client'
import { Minus, PenLine, Plus, Waypoints } from 'lucide-react'
import type { ReactNode } from 'react'
import { useStore } from '../state/store'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'
import { Slider } from '../ui/slider'
import { type Brush, brush, SIZES, setBrush } from './brush'

/** What the chosen tool can be told. */
export function BrushOptions() {
  const now = useStore(brush)
  if (now.tool === 'hand') return null
  if (now.tool === 'brush' || now.tool === 'eraser') return <RoundOptions {...now} />
  return (
    <div className="flex items-center gap-2">
      <Direction removes={now.removes} />
      {now.tool === 'wand' && <WandOptions {...now} />}
    </div>
  )
}

const CURVE = 3 // the slider is fine where brushes are small

function RoundOptions({ size, hardness, pressure }: Brush) {
  const { t, format } = useWords()
  const share = (size / SIZES.most) ** (1 / CURVE)
  return (
    <div className="flex items-center gap-3 px-1 max-md:gap-2">
      <Option label={t('maskSize')} text={t('pixels', { count: size })}>
        <Slider
          value={share}
          min={0.1}
          max={1}
          step={0.01}
          label={t('maskSize')}
          text={t('pixels', { count: size })}
          className="w-24 max-md:w-20"
          onChange={(next) => setBrush({ size: Math.max(SIZES.least, Math.round(next ** CURVE * SIZES.most)) })}
        />
      </Option>
      <Option label={t('maskHardness')} text={format.percent(hardness)}>
        <Slider
          value={hardness}
          min={0}
          max={1}
          step={0.1}
          label={t('maskHardness')}
          text={format.percent(hardness)}
          className="w-16"
          onChange={(next) => setBrush({ hardness: next })}
        />
      </Option>
      <IconButton
        label={t('maskPressure')}
        aria-pressed={pressure}
        onClick={() => setBrush({ pressure: !pressure })}
        className="max-md:hidden"
      >
        <PenLine size={16} aria-hidden />
      </IconButton>
    </div>
  )
}

function Direction({ removes }: { removes: boolean }) {
  const { t } = useWords()
  return (
    <fieldset className="flex rounded-md bg-pressed p-0.5">
      <legend className="sr-only">{t('maskDirection')}</legend>
      {([false, true] as const).map((takes) => (
        <button
          key={String(takes)}
          type="button"
          aria-pressed={removes === takes}
          onClick={() => setBrush({ removes: takes })}
          className="flex h-6 items-center gap-1 rounded px-2 text-muted text-xs aria-pressed:bg-surface aria-pressed:text-ink max-md:h-10"
        >
          {takes ? <Minus size={13} aria-hidden /> : <Plus size={13} aria-hidden />}
          {t(takes ? 'maskRemove' : 'maskAdd')}
        </button>
      ))}
    </fieldset>
  )
}

function WandOptions({ tolerance, contiguous }: Brush) {
  const { t, format } = useWords()
  return (
    <>
      <Option label={t('maskTolerance')} text={format.number(tolerance)}>
        <Slider
          value={tolerance}
          min={0}
          max={128}
          step={1}
          label={t('maskTolerance')}
          className="w-20"
          onChange={(next) => setBrush({ tolerance: next })}
        />
      </Option>
      <IconButton
        label={t('maskContiguous')}
        aria-pressed={contiguous}
        onClick={() => setBrush({ contiguous: !contiguous })}
      >
        <Waypoints size={16} aria-hidden />
      </IconButton>
    </>
  )
}

/** The slider in it has the same name for those who do not see this one. */
function Option({ label, text, children }: { label: string; text: string; children: ReactNode }) {
  return (
    <div className="flex flex-col">
      <span aria-hidden className="flex justify-between gap-2 text-[0.6875rem] text-muted leading-3">
        {label}
        <span className="tabular-nums">{text}</span>
      </span>
      <span className="flex h-4 items-center max-md:h-9">{children}</span>
    </div>
  )
}
