'use client'
import { Minus, Plus } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import type { Change } from '../../core/mask/draft'
import { rectangleShape } from '../../core/mask/shapes'
import { useWords } from '../text/words'
import { Button } from '../ui/button'
import type { MaskEditor } from './use-mask-editor'

const NAMES = ['x', 'y', 'w', 'h'] as const

/** A rectangle in numbers, for those who do not paint. */
export function RectangleForm({ editor: { size, lay } }: { editor: MaskEditor }) {
  const { t } = useWords()
  const [numbers, setNumbers] = useState({ x: 0, y: 0, w: 100, h: 100 })
  if (!size) return null
  const most = { x: size.width, y: size.height, w: size.width, h: size.height }
  const mark = (event: FormEvent, change: Change) => {
    event.preventDefault()
    lay(rectangleShape(numbers), change)
  }
  return (
    <form className="flex flex-col gap-2 border-line border-t pt-3" onSubmit={(event) => mark(event, 'add')}>
      <p className="text-muted text-xs">{t('maskByNumbers')}</p>
      <div className="grid grid-cols-4 gap-1.5">
        {NAMES.map((name) => (
          <label key={name} className="flex flex-col gap-0.5 text-muted text-xs">
            {t(`maskNumber_${name}`)}
            <input
              type="number"
              inputMode="numeric"
              min={name === 'w' || name === 'h' ? 1 : 0}
              max={most[name]}
              value={numbers[name]}
              onChange={({ target }) => setNumbers({ ...numbers, [name]: target.valueAsNumber || 0 })}
              className="h-7 min-w-0 rounded-md border border-line bg-raised px-1.5 text-ink text-sm tabular-nums max-md:h-11"
            />
          </label>
        ))}
      </div>
      <div className="flex gap-1.5">
        <Button type="submit" size="small">
          <Plus size={13} aria-hidden />
          {t('maskAdd')}
        </Button>
        <Button size="small" onClick={(event) => mark(event, 'remove')}>
          <Minus size={13} aria-hidden />
          {t('maskRemove')}
        </Button>
      </div>
    </form>
  )
}
