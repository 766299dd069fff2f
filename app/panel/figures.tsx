'use client'
import { useBench } from '../shell/bench'
import { useValueText } from '../text/value-text'

/** The single values of a result. */
export function Figures({ data }: { data: Readonly<Record<string, unknown>> }) {
  const { card, words } = useBench()
  const write = useValueText()
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line">
      {card.figures
        .filter(({ name }) => name in data)
        .map(({ name, title, help, fraction }) => (
          <div
            key={name}
            className="flex flex-col-reverse bg-raised last:odd:col-span-2 px-3 py-2"
            title={help && words.label(`${name}.help`, help)}
          >
            <dt className="text-muted text-xs">{words.label(name, title)}</dt>
            <dd className="font-semibold text-lg tabular-nums">{write(data[name], fraction)}</dd>
          </div>
        ))}
    </dl>
  )
}
