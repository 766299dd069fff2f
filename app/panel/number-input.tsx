'use client'
import { useState } from 'react'
import { useBench } from '../shell/bench'
import type { Field } from '../tools/fields'

interface NumberInputProps {
  id: string
  field: Field
  describedBy?: string
}

/** Takes what is typed once it is a number in range; anything else goes back to the last good one on leaving. */
export function NumberInput({ id, field: { name, min, max, step }, describedBy }: NumberInputProps) {
  const { session, do: commands } = useBench()
  const [typed, setTyped] = useState<string | null>(null)

  const type = (text: string) => {
    setTyped(text)
    const value = Number(text)
    const whole = step !== 1 || Number.isInteger(value)
    const fits = text.trim() !== '' && whole && value >= (min ?? -Infinity) && value <= (max ?? Infinity)
    if (fits) commands.set(name, value)
  }

  return (
    <input
      id={id}
      type="number"
      inputMode={step === 1 ? 'numeric' : 'decimal'}
      {...{ min, max, step }}
      value={typed ?? String(session.params[name])}
      aria-describedby={describedBy}
      onChange={({ target }) => type(target.value)}
      onBlur={() => setTyped(null)}
      className="h-7 w-20 rounded-md border border-line bg-raised px-2 text-right text-sm tabular-nums [appearance:textfield] hover:border-line-strong max-md:h-11 max-md:w-24 max-md:text-base [&::-webkit-inner-spin-button]:appearance-none [&::-webkit-outer-spin-button]:appearance-none"
    />
  )
}
