'use client'
import type { Sample } from '../../core/operator'
import { useBench } from '../shell/bench'

/** Loads a sample and runs it, with one click. */
export function SampleCard({ sample }: { sample: Sample }) {
  const { card, words, do: commands } = useBench()
  const { [card.batch]: main, ...others } = sample.pictures ?? sample.files
  return (
    <li className="w-[calc((100%-1.5rem)/3)]">
      <button
        type="button"
        onClick={() => commands.trySample(sample)}
        className="group flex w-full flex-col overflow-hidden rounded-lg border border-line bg-surface text-left transition-colors duration-150 hover:border-accent"
      >
        <span className="relative block aspect-[4/3] w-full overflow-hidden bg-canvas">
          <img src={main} alt="" className="size-full object-cover object-left-top" />
          <span className="absolute right-2 bottom-2 flex gap-1">
            {Object.values(others).map((path) => (
              <img
                key={path}
                src={path}
                alt=""
                className="size-10 rounded-md border-2 border-accent bg-canvas object-contain max-md:size-7"
              />
            ))}
          </span>
        </span>
        <span className="px-3 py-2 text-xs leading-4 max-md:px-2">{words.label(sample.title, sample.title)}</span>
      </button>
    </li>
  )
}
