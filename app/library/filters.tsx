'use client'
import { useId } from 'react'
import type { LibrarySummary, Wanted } from '../../workers/library-client'
import { useWords } from '../text/words'
import { Choice } from '../ui/choice'

const STATES = ['UPLOADED', 'PROCESSING', 'PROCESSED', 'unreadable'] as const
const POLICIES = ['allow', 'review', 'block'] as const

interface FiltersProps {
  wanted: Wanted
  labels: LibrarySummary['labels']
  onWanted: (wanted: Wanted) => void
}

/** By state, by what the pictures show, and by what the content filter advises. */
export function Filters({ wanted, labels, onWanted }: FiltersProps) {
  const { t } = useWords()
  const id = useId()
  const state = wanted.unreadable ? 'unreadable' : (wanted.status ?? '')
  return (
    <fieldset className="grid grid-cols-3 gap-2 max-md:grid-cols-1 md:max-w-2xl">
      <legend className="sr-only">{t('libraryFilters')}</legend>
      <Choice
        id={`${id}-state`}
        label={t('libraryStatus')}
        value={state}
        options={[
          { value: '', label: t('libraryStatus_all') },
          ...STATES.map((value) => ({ value, label: t(`libraryStatus_${value}`) })),
        ]}
        onChange={(value) => onWanted({ ...wanted, ...stateOf(value) })}
      />
      <Choice
        id={`${id}-label`}
        label={t('libraryLabel')}
        value={wanted.label ?? ''}
        options={[
          { value: '', label: t('libraryLabel_all') },
          ...labels.map(({ name, count }) => ({ value: name, label: `${name} (${count})` })),
        ]}
        onChange={(value) => onWanted({ ...wanted, label: value || undefined })}
      />
      <Choice
        id={`${id}-policy`}
        label={t('libraryPolicy')}
        value={wanted.policy ?? ''}
        options={[
          { value: '', label: t('libraryPolicy_all') },
          ...POLICIES.map((value) => ({ value, label: t(`libraryPolicy_${value}`) })),
        ]}
        onChange={(value) => onWanted({ ...wanted, policy: POLICIES.find((policy) => policy === value) })}
      />
    </fieldset>
  )
}

/** Those that could not be read are processed too, but nobody who asks for the processed ones means them. */
function stateOf(value: string): Pick<Wanted, 'status' | 'unreadable'> {
  if (value === 'unreadable') return { status: undefined, unreadable: true }
  const status = STATES.find((state) => state !== 'unreadable' && state === value) as Wanted['status']
  return { status, unreadable: status === 'PROCESSED' ? false : undefined }
}
