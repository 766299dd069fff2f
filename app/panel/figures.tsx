'use client'
import { useBench } from '../shell/bench'
import { useValueText } from '../text/value-text'
import { useWords } from '../text/words'

/** The single values of a result. */
export function Figures({ data }: { data: Readonly<Record<string, unknown>> }) {
  const { t } = useWords()
  const { card, words } = useBench()
  const write = useValueText(words)
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line">
      {card.figures
        .filter(({ name }) => name in data)
        .map(({ name, title, help, ...field }) => (
          <div
            key={name}
            className="flex flex-col-reverse bg-raised last:odd:col-span-2 px-3 py-2"
            title={help && words.label(help, help)}
          >
            <dt className="text-muted text-xs">{words.label(name, title)}</dt>
            <dd className="font-semibold text-lg tabular-nums">
              {write(data[name], field)}
              {field.unit === 'px' && data[name] !== null && (
                <span className="font-normal text-muted text-sm"> {t('unit_px')}</span>
              )}
            </dd>
          </div>
        ))}
    </dl>
  )
}
