'use client'
import { Boxes } from 'lucide-react'
import { useMemo } from 'react'
import { isSupplied } from '../../models/supplied'
import { useBench } from '../shell/bench'
import { createStore, useStore } from '../state/store'
import { useWords } from '../text/words'
import type { ValueField } from '../tools/fields'
import { Choice } from '../ui/choice'
import { IconButton } from '../ui/icon-button'
import { useShelf } from './page-shelf'
import { type Row, sizeOf } from './row'
import type { ShelfStore } from './shelf-store'

interface ModelPickerProps {
  id: string
  field: ValueField
  value: string
  describedBy: string | undefined
  onChange: (value: string) => void
}

/** Chooses one of the models that can do the job, and says what choosing it takes. */
export function ModelPicker({ id, field: { options = [] }, value, describedBy, onChange }: ModelPickerProps) {
  const { t } = useWords()
  const { do: commands } = useBench()
  const shelf = useShelf()
  const titles = useTitles(shelf)
  return (
    <div className="flex flex-col gap-1.5">
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-1">
        <Choice
          {...{ id, value, describedBy, onChange }}
          options={options.map((option) => ({ value: option, label: titles.get(option) ?? option }))}
        />
        <IconButton label={t('modelPickOpen')} onClick={() => commands.show('models')}>
          <Boxes size={17} aria-hidden />
        </IconButton>
      </div>
      {shelf && shelf !== 'failed' && <Standing {...{ shelf }} model={value} />}
    </div>
  )
}

/** What models are called, by id; empty while the shelf is loaded. */
function useTitles(shelf: ReturnType<typeof useShelf>): ReadonlyMap<string, string> {
  const rows = useStore(shelf && shelf !== 'failed' ? shelf.rows : NO_ROWS)
  return useMemo(() => new Map(rows.map(({ model }) => [model.id, model.title])), [rows])
}

const NO_ROWS = createStore<readonly Row[]>([])

function Standing({ shelf, model }: { shelf: ShelfStore; model: string }) {
  const { t } = useWords()
  const { do: commands } = useBench()
  const row = useStore(shelf.rows).find((one) => one.model.id === model)
  const needs = useNeeds(row)
  if (!row) return null
  const { commercial } = row.model.licence
  return (
    <p className="text-muted text-xs" role="status">
      {commercial !== 'yes' && (
        <span className={commercial === 'no' ? 'text-wrong' : 'text-ink'}>{t(`modelBadge_${commercial}`)}. </span>
      )}
      {needs ?? t('modelPickInstalled')}{' '}
      {(row.licence === 'asked' || (row.here.state !== 'installed' && !row.model.default)) && (
        <button
          type="button"
          onClick={() => commands.show('models')}
          className="text-accent-text underline underline-offset-2"
        >
          {t('modelPickOpen')}
        </button>
      )}
    </p>
  )
}

/** What stands between choosing a model and running it on this device. */
function useNeeds(row: Row | undefined): string | null {
  const { t, format } = useWords()
  if (!row || row.here.state === 'installed') return row?.licence === 'asked' ? t('modelPickLicence') : null
  if (row.licence === 'asked') return t('modelPickLicence')
  if (isSupplied(row.model)) return t('modelPickSupplied')
  return t(row.model.default ? 'modelPickAbsent' : 'modelPickFetch', { bytes: format.bytes(sizeOf(row.model)) })
}
