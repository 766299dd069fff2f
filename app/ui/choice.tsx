import { Check, ChevronDown } from 'lucide-react'
import { Select } from 'radix-ui'

interface ChoiceProps {
  id: string
  value: string
  options: readonly { readonly value: string; readonly label: string }[]
  describedBy?: string
  onChange: (value: string) => void
}

export function Choice({ id, value, options, describedBy, onChange }: ChoiceProps) {
  return (
    <Select.Root value={value} onValueChange={onChange}>
      <Select.Trigger
        id={id}
        aria-describedby={describedBy}
        className="flex h-8 w-full items-center justify-between gap-2 rounded-md border border-line bg-raised px-2.5 text-left text-sm transition-colors duration-150 hover:border-line-strong max-md:h-11"
      >
        <Select.Value />
        <Select.Icon>
          <ChevronDown size={16} className="text-muted" aria-hidden />
        </Select.Icon>
      </Select.Trigger>
      <Select.Portal>
        <Select.Content
          position="popper"
          sideOffset={4}
          className="z-50 max-h-[var(--radix-select-content-available-height)] w-[var(--radix-select-trigger-width)] animate-appear overflow-hidden rounded-md border border-line-strong bg-raised p-1 shadow-lift"
        >
          <Select.Viewport>
            {options.map((option) => (
              <Select.Item
                key={option.value}
                value={option.value}
                className="flex h-8 items-center justify-between rounded px-2 text-sm outline-none data-[highlighted]:bg-pressed max-md:h-11"
              >
                <Select.ItemText>{option.label}</Select.ItemText>
                <Select.ItemIndicator>
                  <Check size={14} className="text-accent-text" aria-hidden />
                </Select.ItemIndicator>
              </Select.Item>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  )
}
