import { ChevronDown } from 'lucide-react'

interface ChoiceProps {
  id: string
  /** Where no label element names it. */
  label?: string
  value: string
  options: readonly { readonly value: string; readonly label: string }[]
  describedBy?: string
  onChange: (value: string) => void
}

/** The browser's own list: phones draw it best themselves, and it costs no code. */
export function Choice({ id, label, value, options, describedBy, onChange }: ChoiceProps) {
  return (
    <span className="relative flex items-center">
      <select
        id={id}
        aria-label={label}
        value={value}
        aria-describedby={describedBy}
        onChange={({ target }) => onChange(target.value)}
        className="h-8 w-full appearance-none rounded-md border border-line bg-raised pr-8 pl-2.5 text-sm transition-colors duration-150 hover:border-line-strong max-md:h-11 max-md:text-base"
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown size={16} className="pointer-events-none absolute right-2.5 text-muted" aria-hidden />
    </span>
  )
}
