'use client'
import { useId } from 'react'
import { ModelPicker } from '../models/model-picker'
import { useWords } from '../text/words'
import type { ValueField } from '../tools/fields'
import { Choice } from '../ui/choice'
import { Toggle } from '../ui/toggle'
import { ColorInput } from './color-input'
import { FieldSlider } from './field-slider'
import { NumberInput } from './number-input'
import { Problem } from './problem'
import { useWantedField } from './use-wanted-field'

interface ControlProps {
  field: ValueField
  /** As in `FieldProblem.key`. */
  place: string
  value: unknown
  /** In the page's language. */
  words: { readonly title: string; readonly help?: string }
  /** Of an option. */
  label: (option: string) => string
  /** A change shows at once, without another run. */
  live?: boolean
  problem?: string
  onChange: (value: unknown) => void
}

/** The control for one parameter, with its help and whatever is wrong with it. */
export function Control({ field, place, value, words: { title, help }, label, live, problem, onChange }: ControlProps) {
  const { t } = useWords()
  const id = useId()
  const around = useWantedField<HTMLDivElement>(place)
  const describedBy = [help && `${id}-help`, problem && `${id}-problem`].filter(Boolean).join(' ') || undefined
  return (
    <div ref={around} className="flex flex-col gap-1.5">
      <div className="flex min-h-7 items-center justify-between gap-3 max-md:min-h-11">
        <label htmlFor={id} className="flex items-baseline gap-2 text-sm">
          {title}
          {live && <span className="rounded bg-accent-soft px-1.5 text-accent-text text-xs">{t('live')}</span>}
        </label>
        {field.control === 'switch' ? (
          <Toggle {...{ id, describedBy, onChange }} checked={value === true} />
        ) : (
          hasNumber(field) && <NumberInput {...{ id, field, describedBy, onChange }} value={Number(value)} />
        )}
        {field.control === 'color' && <ColorInput {...{ id, describedBy, onChange }} value={String(value)} />}
      </div>
      {field.control === 'slider' && <FieldSlider {...{ field, onChange }} value={Number(value)} label={title} />}
      {field.control === 'select' && (
        <Choice
          {...{ id, describedBy, onChange }}
          value={String(value)}
          options={(field.options ?? []).map((option) => ({ value: option, label: label(option) }))}
        />
      )}
      {field.control === 'model' && <ModelPicker {...{ id, field, describedBy, onChange }} value={String(value)} />}
      {help && (
        <p id={`${id}-help`} className="text-muted text-xs">
          {help}
        </p>
      )}
      {problem && <Problem id={`${id}-problem`} text={problem} />}
    </div>
  )
}

const hasNumber = ({ control }: ValueField) => control === 'slider' || control === 'number'
