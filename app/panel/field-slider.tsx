'use client'
import { useWords } from '../text/words'
import type { ValueField } from '../tools/fields'
import { Slider } from '../ui/slider'

const STEPS = 100 // where the schema names none
const CURVED_FROM = 100 // a range this wide gets most of the slider for its low end

interface FieldSliderProps {
  field: ValueField
  value: number
  label: string
  onChange: (value: number) => void
}

export function FieldSlider({ field: { min = 0, max = 1, step }, value, label, onChange }: FieldSliderProps) {
  const { format } = useWords()
  if (step !== 1 || min <= 0 || max / min < CURVED_FROM) {
    return <Slider {...{ value, min, max, label, onChange }} step={step ?? (max - min) / STEPS} />
  }
  return (
    <Slider
      value={Math.log(value)}
      min={Math.log(min)}
      max={Math.log(max)}
      step={Math.log(max / min) / STEPS}
      label={label}
      text={format.number(value)}
      onChange={(next) => onChange(Math.round(Math.exp(next)))}
    />
  )
}
