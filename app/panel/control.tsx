'use client'
import { useId } from 'react'
import { useBench } from '../shell/bench'
import { useWords } from '../text/words'
import type { Field } from '../tools/fields'
import { Choice } from '../ui/choice'
import { Slider } from '../ui/slider'
import { Toggle } from '../ui/toggle'
import { NumberInput } from './number-input'
import { Problem } from './slot-box'

/** The control for one parameter, with its help and whatever is wrong with it. */
export function Control({ field }: { field: Field }) {
  const { t } = useWords()
  const { card, words, session, result, wrong, do: commands } = useBench()
  const id = useId()
  const { title, help } = words.field(field.name)
  const live = result?.live === true && card.live.includes(field.name)
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex min-h-7 items-center justify-between gap-3 max-md:min-h-11">
        <label htmlFor={id} className="flex items-baseline gap-2 text-sm">
          {title}
          {live && <span className="rounded bg-accent-soft px-1.5 text-accent-text text-xs">{t('live')}</span>}
        </label>
        {field.control === 'switch' ? (
          <Toggle
            id={id}
            checked={session.params[field.name] === true}
            describedBy={`${id}-help`}
            onChange={(next) => commands.set(field.name, next)}
          />
        ) : (
          field.control !== 'select' && <NumberInput id={id} field={field} describedBy={`${id}-help`} />
        )}
      </div>
      {field.control === 'slider' && <FieldSlider field={field} label={title} />}
      {field.control === 'select' && (
        <Choice
          id={id}
          value={String(session.params[field.name])}
          options={(field.options ?? []).map((option) => ({ value: option, label: words.label(option, option) }))}
          describedBy={`${id}-help`}
          onChange={(next) => commands.set(field.name, next)}
        />
      )}
      {help && (
        <p id={`${id}-help`} className="text-muted text-xs">
          {help}
        </p>
      )}
      {wrong[field.name] && <Problem text={wrong[field.name]} />}
    </div>
  )
}

const STEPS = 100 // where the schema names none
const CURVED_FROM = 100 // a range this wide gets most of the slider for its low end

function FieldSlider({ field: { name, min = 0, max = 1, step }, label }: { field: Field; label: string }) {
  const { format } = useWords()
  const { session, do: commands } = useBench()
  const value = Number(session.params[name])
  const curved = step === 1 && min > 0 && max / min >= CURVED_FROM
  if (!curved) {
    return (
      <Slider
        {...{ value, min, max, label }}
        step={step ?? (max - min) / STEPS}
        onChange={(next) => commands.set(name, next)}
      />
    )
  }
  return (
    <Slider
      value={Math.log(value)}
      min={Math.log(min)}
      max={Math.log(max)}
      step={Math.log(max / min) / STEPS}
      label={label}
      text={format.number(value)}
      onChange={(next) => commands.set(name, Math.round(Math.exp(next)))}
    />
  )
}
