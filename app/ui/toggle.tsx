import { Switch } from 'radix-ui'

interface ToggleProps {
  id: string
  checked: boolean
  describedBy?: string
  onChange: (checked: boolean) => void
}

export function Toggle({ id, checked, describedBy, onChange }: ToggleProps) {
  return (
    <Switch.Root
      id={id}
      checked={checked}
      onCheckedChange={onChange}
      aria-describedby={describedBy}
      className="relative h-5 w-9 shrink-0 rounded-full bg-line-strong transition-colors duration-150 before:absolute before:-inset-3 before:content-[''] data-[state=checked]:bg-accent"
    >
      <Switch.Thumb className="block size-4 translate-x-0.5 rounded-full bg-surface transition-transform duration-150 data-[state=checked]:translate-x-[1.125rem]" />
    </Switch.Root>
  )
}
