import type { ComponentProps } from 'react'

const LOOKS = {
  accent: 'bg-accent text-on-accent font-semibold hover:bg-accent-hover disabled:bg-pressed disabled:text-muted',
  plain: 'bg-raised text-ink border border-line hover:bg-pressed hover:border-line-strong disabled:text-muted',
  quiet: 'text-muted hover:text-ink hover:bg-raised disabled:opacity-50',
  wrong: 'text-wrong border border-line hover:bg-wrong-soft',
} as const

const SIZES = {
  small: 'h-7 px-2 text-xs gap-1.5 max-md:h-11 max-md:px-3 max-md:text-sm',
  normal: 'h-8 px-3 text-sm gap-2 max-md:h-11 max-md:px-4',
  large: 'h-10 px-4 text-base gap-2 max-md:h-12',
} as const

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof LOOKS
  size?: keyof typeof SIZES
}

export function Button({ look = 'plain', size = 'normal', className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex shrink-0 items-center justify-center rounded-md whitespace-nowrap transition-colors duration-150 ${SIZES[size]} ${LOOKS[look]} ${className}`}
      {...rest}
    />
  )
}
