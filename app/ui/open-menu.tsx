'use client'
import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { IconButton } from './icon-button'

export interface MenuProps<T extends string> {
  label: string
  icon: ReactNode
  value: T
  options: readonly { readonly value: T; readonly label: string }[]
  onChange: (value: T) => void
}

/** Opens at once: it takes the place of the button that was pressed. */
export function OpenMenu<T extends string>({ label, icon, value, options, onChange }: MenuProps<T>) {
  return (
    <DropdownMenu.Root defaultOpen modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label={label}>{icon}</IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        className="z-50 min-w-40 animate-appear rounded-md border border-line-strong bg-raised p-1 shadow-lift"
      >
        <DropdownMenu.RadioGroup value={value} onValueChange={(next) => onChange(next as T)}>
          {options.map((option) => (
            <DropdownMenu.RadioItem
              key={option.value}
              value={option.value}
              className="flex h-8 items-center justify-between gap-4 rounded px-2 text-sm outline-none data-[highlighted]:bg-pressed max-md:h-11"
            >
              {option.label}
              <DropdownMenu.ItemIndicator>
                <Check size={14} className="text-accent-text" aria-hidden />
              </DropdownMenu.ItemIndicator>
            </DropdownMenu.RadioItem>
          ))}
        </DropdownMenu.RadioGroup>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}
