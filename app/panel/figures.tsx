'use client'
import { duelOf } from '../mask/rival'
import { useBench } from '../shell/bench'
import { useValueText } from '../text/value-text'
import { useWords } from '../text/words'
import { valueAt } from '../tools/value-at'

/** The single values of a result. */
export function Figures({ data }: { data: Readonly<Record<string, unknown>> }) {
  const { t } = useWords()
  const { card, words } = useBench()
  const write = useValueText(words)
  const rival = duelOf(card)?.rival // the canvas shows both side by side
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line">
      {card.figures
        .filter(({ name }) => !rival || !name.startsWith(`${rival}.`))
        .map((figure) => ({ ...figure, value: valueAt(data, figure.name) }))
        .filter(({ value }) => value !== undefined)
        .map(({ name, title, help, value, ...field }) => (
          <div
            key={name}
            className="flex flex-col-reverse justify-end bg-raised px-3 py-2 last:odd:col-span-2"
            title={help && words.label(help, help)}
          >
            <dt className="text-muted text-xs">{words.label(name, title)}</dt>
            <dd className={`font-semibold tabular-nums ${isLong(value) ? 'break-words text-sm' : 'text-lg'}`}>
              {write(value, field)}
              {field.unit === 'px' && value !== null && (
                <span className="font-normal text-muted text-sm"> {t('unit_px')}</span>
              )}
            </dd>
          </div>
        ))}
    </dl>
  )
}

const LONG = 16 // characters that no longer fit a figure's half of the panel

const isLong = (value: unknown) => typeof value === 'string' && value.length > LONG
