'use client'
import { useWords } from '../text/words'
import { Slider } from '../ui/slider'
import { Bars, Curve } from './charts'
import { type FoundPose, numbersOf, STAGES, type Stage } from './found-poses'

interface WhyPoseProps {
  data: Readonly<Record<string, unknown>>
  pose: FoundPose
  /** The charts are about the best pose. */
  best: boolean
  stage: Stage
  setStage: (stage: Stage) => void
}

/** How the search came to a pose: where the model stood at each stage, the votes, and the refinement. */
export function WhyPose({ data, pose, best, stage, setStage }: WhyPoseProps) {
  const { t, format } = useWords()
  const stages = STAGES.filter((one) => one in pose.stages)
  const at = Math.max(0, stages.indexOf(stage))
  const votes = numbersOf(data, 'votes')
  const curve = best ? numbersOf(data, 'icp_curve') : []
  const figures = (values: readonly number[]) => values.map((one) => format.number(one)).join(', ')
  if (stages.length < 2 && votes.length === 0 && curve.length === 0) return null
  return (
    <section className="flex flex-col gap-3">
      <h2 className="font-semibold text-muted text-xs">{t('whyThisPose')}</h2>
      {stages.length > 1 && (
        <div className="flex flex-col gap-1">
          <p className="flex justify-between text-xs">
            <span className="text-muted">{t('moveModel')}</span>
            <span>{t(`stage_${stages[at]}`)}</span>
          </p>
          <Slider
            value={at}
            min={0}
            max={stages.length - 1}
            step={1}
            label={t('moveModel')}
            text={t(`stage_${stages[at]}`)}
            onChange={(next) => setStage(stages[next])}
          />
        </div>
      )}
      {votes.length > 0 && (
        <figure className="flex flex-col gap-1">
          <figcaption className="text-muted text-xs">{t('votesTitle')}</figcaption>
          <Bars values={votes} label={`${t('votesTitle')}: ${figures(votes)}`} />
        </figure>
      )}
      {curve.length > 1 && (
        <figure className="flex flex-col gap-1">
          <figcaption className="flex justify-between text-muted text-xs tabular-nums">
            <span>{t('curveTitle')}</span>
          </figcaption>
          <Curve values={curve} label={`${t('curveTitle')}: ${figures(curve)}`} />
          <p className="flex justify-between text-muted text-xs tabular-nums">
            <span>{format.number(curve[0])}</span>
            <span>{format.number(curve[curve.length - 1])}</span>
          </p>
        </figure>
      )}
    </section>
  )
}
