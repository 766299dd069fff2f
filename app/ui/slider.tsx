import { Slider as Radix } from 'radix-ui'

interface SliderProps {
  value: number
  min: number
  max: number
  step: number
  label: string
  text?: string
  className?: string
  onChange: (value: number) => void
}

export function Slider({ value, min, max, step, label, text, className = '', onChange }: SliderProps) {
  return (
    <Radix.Root
      value={[value]}
      {...{ min, max, step }}
      onValueChange={([next]) => onChange(next)}
      className={`relative flex h-5 grow touch-none select-none items-center max-md:h-11 ${className}`}
    >
      <Radix.Track className="relative h-1 grow rounded-full bg-line-strong">
        <Radix.Range className="absolute h-full rounded-full bg-accent" />
      </Radix.Track>
      <Radix.Thumb
        aria-label={label}
        aria-valuetext={text}
        className="block size-3.5 rounded-full border-2 border-accent bg-surface transition-colors duration-150 hover:bg-accent max-md:size-6"
      />
    </Radix.Root>
  )
}
