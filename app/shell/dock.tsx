'use client'
import { SlidersHorizontal } from 'lucide-react'
import { RunBar } from '../panel/run-bar'
import { useWords } from '../text/words'
import { useBench } from './bench'

/** On a phone: what acts, within reach of a thumb. */
export function Dock() {
  const { t } = useWords()
  const { item, result, card, session, do: commands } = useBench()
  if (session.items.length === 0 && Object.keys(session.fixed).length === 0) return null
  const rows = card.table ? result?.data[card.table.field] : undefined
  const count = Array.isArray(rows) ? rows.length : null
  return (
    <div className="flex items-start gap-2 border-line border-t bg-surface p-2 [grid-area:dock] md:hidden">
      <button
        type="button"
        onClick={() => commands.show('panel')}
        className="flex h-12 shrink-0 items-center gap-2 rounded-md border border-line bg-raised px-3 text-sm"
      >
        <SlidersHorizontal size={17} aria-hidden />
        {item?.run.status === 'done' && count !== null ? t('results', { count }) : t('setUp')}
      </button>
      <RunBar />
    </div>
  )
}
