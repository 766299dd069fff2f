import type { ComponentProps } from 'react'

interface IconButtonProps extends ComponentProps<'button'> {
  /** Names the button for those who do not see the icon, and shows on hover. */
  label: string
  small?: boolean
}

export function IconButton({ label, small = false, className = '', ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`inline-flex shrink-0 items-center justify-center rounded-md text-muted transition-colors duration-150 hover:bg-raised hover:text-ink disabled:opacity-40 aria-pressed:text-accent-text max-md:size-11 ${small ? 'size-7' : 'size-8'} ${className}`}
      {...rest}
    />
  )
}
