import { type ComponentProps, useId } from 'react'

interface TextFieldProps extends ComponentProps<'input'> {
  label: string
  isWrong?: boolean
  onType: (value: string) => void
}

export function TextField({ label, isWrong, onType, ...rest }: TextFieldProps) {
  const id = useId()
  return (
    <div className="flex min-w-0 grow flex-col gap-1.5">
      <label htmlFor={id} className="text-sm">
        {label}
      </label>
      <input
        id={id}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={isWrong}
        onChange={({ target }) => onType(target.value)}
        className="h-8 w-full min-w-0 rounded-md border border-line bg-raised px-2.5 text-sm placeholder:text-muted hover:border-line-strong aria-invalid:border-wrong max-md:h-11 max-md:text-base"
        {...rest}
      />
    </div>
  )
}
