'use client'
import { Eye, EyeOff, Layers as LayersIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { selectedRow } from '../canvas/focused-row'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import { IconButton } from '../ui/icon-button'
import { Slider } from '../ui/slider'
import type { FoundPose, Stage } from './found-poses'
import type { PointView } from './point-view'
import { WhyPose } from './why-pose'

interface SolidPanelProps {
  view: PointView
  poses: readonly FoundPose[]
  chosen: number
  stage: Stage
  setStage: (stage: Stage) => void
  open: boolean
  setOpen: (open: boolean) => void
}

/** What is shown, how large the points are, which pose, and why that one. */
export function SolidPanel({ view, poses, chosen, stage, setStage, open, setOpen }: SolidPanelProps) {
  const { t } = useWords()
  const { result } = useBench()
  return (
    <div className="pointer-events-none absolute top-3 right-3 bottom-16 flex flex-col items-end gap-2 max-md:top-2 max-md:right-2 max-md:bottom-auto max-md:left-2 max-md:h-[52%]">
      <IconButton
        label={t('layers')}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="pointer-events-auto border border-line bg-surface shadow-lift"
      >
        <LayersIcon size={16} aria-hidden />
      </IconButton>
      <div
        hidden={!open}
        className="pointer-events-auto flex min-h-0 w-72 max-w-[calc(100vw-1rem)] animate-appear overflow-hidden rounded-lg border border-line bg-surface shadow-lift max-md:w-full [&[hidden]]:hidden"
      >
        <div className="flex min-h-0 w-full flex-col gap-3 overflow-y-auto p-3">
          <Shown view={view} withModel={poses.length > 0} />
          {poses.length > 0 && (
            <>
              <PoseList poses={poses} chosen={chosen} />
              <WhyPose data={result?.data ?? {}} pose={poses[chosen]} best={chosen === 0} {...{ stage, setStage }} />
            </>
          )}
        </div>
      </div>
    </div>
  )
}

function Shown({ view, withModel }: { view: PointView; withModel: boolean }) {
  const { t, format } = useWords()
  const { card, words } = useBench()
  const [hidden, setHidden] = useState<readonly string[]>([])
  const [size, setSize] = useState(1)
  useEffect(() => {
    view.show('scene', !hidden.includes('scene'))
    view.show('model', !hidden.includes('model'))
    view.setPointSize(size)
  }, [view, hidden, size])
  const layers = card.inputs
    .map(({ name, title }) => ({ layer: name === card.batch ? 'scene' : 'model', name: words.label(name, title) }))
    .filter(({ layer }) => withModel || layer === 'scene')
  return (
    <ul className="flex flex-col gap-1" aria-label={t('layers')}>
      {layers.map(({ layer, name }) => (
        <li key={layer} className="flex items-center gap-2">
          <IconButton
            small
            label={t(hidden.includes(layer) ? 'showLayer' : 'hideLayer', { layer: name })}
            onClick={() =>
              setHidden(hidden.includes(layer) ? hidden.filter((one) => one !== layer) : [...hidden, layer])
            }
          >
            {hidden.includes(layer) ? <EyeOff size={15} aria-hidden /> : <Eye size={15} aria-hidden />}
          </IconButton>
          <span className={`size-2.5 rounded-full ${layer === 'model' ? 'bg-accent' : 'bg-[var(--points)]'}`} />
          <span className={`text-xs ${hidden.includes(layer) ? 'text-muted' : ''}`}>{name}</span>
        </li>
      ))}
      <li className="flex items-center gap-3 pl-1.5">
        <span className="w-24 shrink-0 text-muted text-xs">{t('pointSize')}</span>
        <Slider
          value={size}
          min={0.3}
          max={2}
          step={0.1}
          label={t('pointSize')}
          text={format.percent(size)}
          onChange={setSize}
        />
      </li>
    </ul>
  )
}

function PoseList({ poses, chosen }: { poses: readonly FoundPose[]; chosen: number }) {
  const { t, format } = useWords()
  return (
    <section className="flex flex-col gap-1.5">
      <h2 className="font-semibold text-muted text-xs">{t('poses')}</h2>
      <ul className="flex max-h-40 flex-col gap-1 overflow-y-auto">
        {poses.map(({ matrix, score, residual }, i) => (
          <li key={String(matrix)}>
            <button
              type="button"
              aria-pressed={i === chosen}
              onClick={() => selectedRow.set(i)}
              className={`flex w-full flex-col rounded-md border px-2.5 py-1.5 text-left max-md:min-h-11 ${i === chosen ? 'border-accent bg-accent-soft' : 'border-line hover:bg-raised'}`}
            >
              <span className="text-sm">{t('poseNumber', { number: i + 1 })}</span>
              <span className="text-muted text-xs tabular-nums">
                {t('poseScore', { score: format.percent(score), residual: format.number(residual) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
