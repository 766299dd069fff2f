'use client'
import { useState } from 'react'
import { useWords } from '../text/words'
import { Card } from './card'
import { type Day, sumOf, ticks } from './days'
import { useDayText } from './use-day-text'

/** Requests of each day: a column of successes with the failures on top. */
export function DayChart({ days }: { days: readonly Day[] }) {
  const { t } = useWords()
  const isEmpty = sumOf(days).total === 0
  return (
    <Card title={t('chartTitle')} aside={!isEmpty && <Legend />}>
      {isEmpty ? (
        <p className="py-8 text-center text-muted text-sm">{t('chartEmpty')}</p>
      ) : (
        <>
          <Columns days={days} />
          <DayTable days={days} />
        </>
      )}
    </Card>
  )
}

function Legend() {
  const { t } = useWords()
  return (
    <p className="flex gap-4 text-muted text-xs">
      <span className="flex items-center gap-1.5">
        <span className="size-2.5 rounded-xs bg-accent" aria-hidden />
        {t('chartSuccess')}
      </span>
      <span className="flex items-center gap-1.5">
        <span className="size-2.5 rounded-xs bg-wrong" aria-hidden />
        {t('chartFailed')}
      </span>
    </p>
  )
}

/** For the eye alone: the table below it says the same. */
function Columns({ days }: { days: readonly Day[] }) {
  const { t, format } = useWords()
  const dayText = useDayText()
  const [pointed, point] = useState<number>()
  const lines = ticks(Math.max(...days.map(({ success, failed }) => success + failed)))
  const top = lines[lines.length - 1]
  const shown = pointed === undefined ? undefined : days[pointed]
  return (
    <div aria-hidden className="flex flex-col gap-1.5 pt-2">
      <div className="flex gap-3">
        <div className="relative w-8 shrink-0 text-right text-muted text-xs tabular-nums">
          {lines.map((line) => (
            <span key={line} className="absolute right-0 translate-y-1/2" style={{ bottom: `${(line / top) * 100}%` }}>
              {format.number(line, 0)}
            </span>
          ))}
        </div>
        <div className="relative h-56 grow max-md:h-44" onPointerLeave={() => point(undefined)}>
          {lines.map((line) => (
            <div
              key={line}
              className={`absolute inset-x-0 border-t ${line === 0 ? 'border-line-strong' : 'border-line'}`}
              style={{ bottom: `${(line / top) * 100}%` }}
            />
          ))}
          <div className="absolute inset-0 flex">
            {days.map((day, i) => (
              <div
                key={day.day}
                className={`flex h-full min-w-0 grow basis-0 flex-col items-center justify-end transition-colors ${pointed === i ? 'bg-raised' : ''}`}
                onPointerEnter={() => point(i)}
                onPointerDown={() => point(i)}
              >
                <div
                  className="w-3/4 max-w-8 rounded-t-xs bg-wrong"
                  style={{ height: `${(day.failed / top) * 100}%` }}
                />
                <div
                  className={`w-3/4 max-w-8 bg-accent ${day.failed > 0 ? 'border-surface border-t-2' : 'rounded-t-xs'}`}
                  style={{ height: `${(day.success / top) * 100}%` }}
                />
              </div>
            ))}
          </div>
          {shown && pointed !== undefined && (
            <p
              className="pointer-events-none absolute top-0 z-10 w-max max-w-56 rounded-md border border-line-strong bg-raised px-2.5 py-1.5 text-xs shadow-lift"
              style={beside(pointed, days.length)}
            >
              {t('chartDay', { day: dayText(shown.day), success: shown.success, failed: shown.failed })}
            </p>
          )}
        </div>
      </div>
      <div className="flex justify-between pl-11 text-muted text-xs">
        {[0, Math.floor((days.length - 1) / 2), days.length - 1].map((i) => (
          <span key={i}>{dayText(days[i].day)}</span>
        ))}
      </div>
    </div>
  )
}

/** On the side where there is room for it. */
function beside(i: number, count: number) {
  const share = ((i + 0.5) / count) * 100
  return share < 50 ? { left: `calc(${share}% + 12px)` } : { right: `calc(${100 - share}% + 12px)` }
}

function DayTable({ days }: { days: readonly Day[] }) {
  const { t, format } = useWords()
  const dayText = useDayText()
  const used = days.filter(({ success, failed }) => success + failed > 0).reverse()
  return (
    <details className="group text-sm">
      <summary className="w-max cursor-pointer rounded-md text-muted text-xs hover:text-ink max-md:py-3">
        {t('chartTable')}
      </summary>
      <table className="mt-2 w-full max-w-md text-left tabular-nums">
        <thead>
          <tr className="border-line border-b text-muted text-xs">
            <th className="py-1.5 pr-4 font-normal">{t('chartDayHead')}</th>
            <th className="py-1.5 pr-4 text-right font-normal">{t('chartSuccess')}</th>
            <th className="py-1.5 text-right font-normal">{t('chartFailed')}</th>
          </tr>
        </thead>
        <tbody>
          {used.map(({ day, success, failed }) => (
            <tr key={day} className="border-line border-b last:border-0">
              <th scope="row" className="py-1.5 pr-4 font-normal">
                {dayText(day)}
              </th>
              <td className="py-1.5 pr-4 text-right">{format.number(success, 0)}</td>
              <td className={`py-1.5 text-right ${failed > 0 ? 'text-wrong' : ''}`}>{format.number(failed, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
