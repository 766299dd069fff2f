'use client'
import { useWords } from '../text/words'
import { type Angles, headLines } from './head-lines'

/** How a head is turned, as a drawing with its angles. */
export function HeadPose({ title, angles }: { title: string; angles: Angles }) {
  const { t, format } = useWords()
  const { outline, lines, nose } = headLines(angles)
  const degrees = (value: number) => `${format.number(value, 0)}°`
  const rows = [
    ['poseYaw', angles.yaw],
    ['posePitch', angles.pitch],
    ['poseRoll', angles.roll],
  ] as const
  return (
    <figure className="flex items-center gap-4 rounded-lg border border-line bg-raised px-3 py-2">
      <svg viewBox="-1.35 -1.35 2.7 2.7" className="size-16 shrink-0" aria-hidden fill="none" strokeLinecap="round">
        <path d={outline} className="stroke-muted" strokeWidth={0.06} />
        {lines.map((line) => (
          <path key={line} d={line} className="stroke-line-strong" strokeWidth={0.05} />
        ))}
        <path d={nose} className="stroke-accent" strokeWidth={0.09} strokeLinejoin="round" />
      </svg>
      <figcaption className="flex grow flex-col gap-1">
        <span className="text-muted text-xs">{title}</span>
        <dl className="grid grid-cols-3 gap-2 tabular-nums">
          {rows.map(([name, value]) => (
            <div key={name} className="flex flex-col-reverse">
              <dt className="text-muted text-xs">{t(name)}</dt>
              <dd className="font-semibold text-sm">{degrees(value)}</dd>
            </div>
          ))}
        </dl>
      </figcaption>
    </figure>
  )
}
