import { type ComponentProps, useId } from 'react'
import { Problem } from '../panel/problem'

interface TextFieldProps extends ComponentProps<'input'> {
  label: string
  help?: string
  /** What is wrong with the value; `true` where something else says it. */
  wrong?: string | boolean
  onType: (value: string) => void
}

export function TextField({ label, help, wrong, onType, ...rest }: TextFieldProps) {
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
        aria-invalid={!!wrong}
        aria-describedby={`${id}-more`}
        onChange={({ target }) => onType(target.value)}
        className="h-8 w-full min-w-0 rounded-md border border-line bg-raised px-2.5 text-sm placeholder:text-muted hover:border-line-strong disabled:text-muted aria-invalid:border-wrong max-md:h-11 max-md:text-base"
        {...rest}
      />
      <div id={`${id}-more`} className="flex flex-col gap-1 empty:hidden" aria-live="polite">
        {help && <p className="text-muted text-xs">{help}</p>}
        {typeof wrong === 'string' && <Problem text={wrong} />}
      </div>
    </div>
  )
}
