'use client'
import { useState } from 'react'
import type { ValueField } from '../tools/fields'

interface NumberInputProps {
  id: string
  field: ValueField
  value: number
  describedBy?: string
  onChange: (value: number) => void
}

/** Takes what is typed once it is a number in range; anything else goes back to the last good one on leaving. */
export function NumberInput({ id, field: { min, max, step }, value, describedBy, onChange }: NumberInputProps) {
  const [typed, setTyped] = useState<string | null>(null)

  const type = (text: string) => {
    setTyped(text)
    const next = Number(text)
    const whole = step !== 1 || Number.isInteger(next)
    if (text.trim() !== '' && whole && next >= (min ?? -Infinity) && next <= (max ?? Infinity)) onChange(next)
  }

  return (
    <input
      id={id}
      type="number"
      inputMode={step === 1 ? 'numeric' : 'decimal'}
      {...{ min, max }}
      step={step ?? 'any'}
      value={typed ?? String(value)}
      aria-describedby={describedBy}
      onChange={({ target }) => type(target.value)}
      onBlur={() => setTyped(null)}
      className="h-7 w-20 rounded-md border border-line bg-raised px-2 text-right text-sm tabular-nums [appearance:textfield] hover:border-line-strong max-md:h-11 max-md:w-24 max-md:text-base [&::-webkit-inner-spin-button]:appearance-none [&::-webkit-outer-spin-button]:appearance-none"
    />
  )
}
