'use client'
import { Check } from 'lucide-react'
import { useBench } from '../shell/bench'
import { useValueText } from '../text/value-text'
import { useWords } from '../text/words'
import { valueAt } from '../tools/value-at'
import { Button } from '../ui/button'
import { contestants, duelOf, exchanged } from './rival'

/** Under two results side by side: what is known of each, and the choice between them. The better one is chosen already. */
export function DuelBar() {
  const { t } = useWords()
  const { card, words, item, layers, do: commands } = useBench()
  const write = useValueText(words)
  const outcome = item?.run.status === 'done' ? item.run.outcome : undefined
  const duel = duelOf(card)
  if (!item || !outcome || !duel || layers.laidOver || !contestants(card, outcome.files)) return null
  const rows = card.figures.filter(({ name }) => name.startsWith(`${duel.rival}.`))
  const choose = () => commands.adopt(item.picture.id, exchanged(card, outcome))
  return (
    <section
      aria-label={t('duel')}
      className="absolute inset-x-0 bottom-14 mx-auto max-md:bottom-17 w-fit max-w-[calc(100%-1rem)] animate-rise rounded-lg border border-line bg-surface p-2 shadow-lift"
    >
      <table className="text-xs tabular-nums">
        <thead>
          <tr>
            <td />
            <th scope="col" className="px-3 py-1 font-normal">
              <span className="flex h-7 items-center gap-1.5 text-accent-text">
                <Check size={14} aria-hidden />
                {t('duelChosen')}
              </span>
            </th>
            <th scope="col" className="px-3 py-1 font-normal">
              <Button size="small" onClick={choose}>
                {t('duelChoose')}
              </Button>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, title, help: _, ...field }) => {
            const own = name.slice(duel.rival.length + 1)
            return (
              <tr key={name} className="border-line border-t">
                <th scope="row" className="py-0.5 pr-3 text-left font-normal text-muted">
                  {words.label(own, title)}
                </th>
                {[own, name].map((path) => (
                  <td key={path} className="px-3 py-0.5 text-left">
                    {write(valueAt(outcome.data, path), field)}
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </section>
  )
}
